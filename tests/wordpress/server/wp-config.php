<?php
/**
 * Settings of a throwaway test site: what differs from site to site comes from
 * settings.json beside the document root, so that no visitor can read it.
 */
$wpmigrate_settings = json_decode( file_get_contents( dirname( __DIR__ ) . '/settings.json' ), true, 4, JSON_THROW_ON_ERROR );
foreach ( $wpmigrate_settings as $wpmigrate_name => $wpmigrate_value ) {
	define( $wpmigrate_name, $wpmigrate_value );
}

// The SQLite plugin takes a connection that is there already. A test's data may be lost with the
// machine: this one doesn't wait for the disk.
if ( defined( 'DB_FILE' ) ) {
	$GLOBALS['@pdo'] = new PDO(
		'sqlite:' . DB_DIR . '/' . DB_FILE,
		null,
		null,
		array(
			PDO::ATTR_ERRMODE           => PDO::ERRMODE_EXCEPTION,
			PDO::ATTR_STRINGIFY_FETCHES => true,
			PDO::ATTR_TIMEOUT           => 5,
		)
	);
	$GLOBALS['@pdo']->exec( 'PRAGMA synchronous = OFF' );
}

// Application passwords work over plain http on a local site only.
define( 'WP_ENVIRONMENT_TYPE', 'local' );

// Nothing happens by itself, and nothing leaves the machine.
define( 'DISABLE_WP_CRON', true );
define( 'WP_HTTP_BLOCK_EXTERNAL', true );
define( 'AUTOMATIC_UPDATER_DISABLED', true );
define( 'WP_AUTO_UPDATE_CORE', false );

define( 'DB_CHARSET', 'utf8mb4' );
define( 'DB_COLLATE', '' );
$table_prefix = 'wp_';

// Without keys of its own a site would write some into its options on the first visit.
foreach ( array( 'AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE' ) as $wpmigrate_scheme ) {
	define( $wpmigrate_scheme . '_KEY', $wpmigrate_scheme . ' key of a throwaway site' );
	define( $wpmigrate_scheme . '_SALT', $wpmigrate_scheme . ' salt of a throwaway site' );
}

if ( ! defined( 'ABSPATH' ) ) {
	define( 'ABSPATH', __DIR__ . '/' );
}
require_once ABSPATH . 'wp-settings.php';
