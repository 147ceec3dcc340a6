<?php
/**
 * Keeps a test site quiet: no mail, no update checks, and no post that WordPress
 * writes by itself when a visitor looks at a page.
 */
add_filter( 'pre_wp_mail', '__return_true' );
add_filter( 'wp_navigation_should_create_fallback', '__return_false' );
foreach ( array( 'core', 'plugins', 'themes' ) as $wpmigrate_updates ) {
	add_filter( 'pre_site_transient_update_' . $wpmigrate_updates, '__return_empty_array' );
}
