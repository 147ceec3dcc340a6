<?php
/**
 * Runs a test's PHP inside WordPress, as its administrator.
 *
 * Standard input: JSON {"code", "values", "installing"}. Standard output: JSON {"value"},
 * which is what the code returned; what it printed is dropped.
 */
$wpmigrate_request = json_decode( stream_get_contents( STDIN ), true, 512, JSON_THROW_ON_ERROR );

function wpmigrate_run( string $code, array $values ) {
	global $wpdb;
	extract( $values );
	return eval( $code );
}

ob_start();
if ( $wpmigrate_request['installing'] ) {
	define( 'WP_INSTALLING', true );
}
require getcwd() . '/wp-load.php';
if ( ! $wpmigrate_request['installing'] ) {
	wp_set_current_user( 1 );
}
$wpmigrate_value = wpmigrate_run( $wpmigrate_request['code'], $wpmigrate_request['values'] );
ob_end_clean();
echo json_encode( array( 'value' => $wpmigrate_value ), JSON_THROW_ON_ERROR | JSON_PRESERVE_ZERO_FRACTION );
