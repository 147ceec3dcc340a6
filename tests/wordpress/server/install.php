<?php
/**
 * Installs WordPress into an empty database, without the sample post, page and comment,
 * and returns the administrator's login and application password.
 */
function wp_install_defaults( $user_id ) {
	wp_insert_term( 'Uncategorized', 'category' );
}

require_once ABSPATH . 'wp-admin/includes/upgrade.php';

$wpmigrate_login = 'admin';
$wpmigrate_admin = wp_install( 'Test site', $wpmigrate_login, 'admin@example.org', true, '', wp_generate_password() );

update_option( 'timezone_string', 'UTC' );
update_option( 'permalink_structure', '/%postname%/' );
$GLOBALS['wp_rewrite']->init();
flush_rewrite_rules( false );

list( $wpmigrate_password ) = WP_Application_Passwords::create_new_application_password(
	$wpmigrate_admin['user_id'],
	array( 'name' => 'wpmigrate' )
);

return array(
	'user'         => $wpmigrate_login,
	'app_password' => $wpmigrate_password,
	'version'      => $GLOBALS['wp_version'],
);
