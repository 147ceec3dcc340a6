<?php
/**
 * Fills an empty site with all that an export, an import or a reader may stumble over, through
 * WordPress's own functions. Returns { group: { name: ID } }.
 */
foreach ( array( 'file', 'image', 'media', 'nav-menu' ) as $include ) {
	require_once ABSPATH . "wp-admin/includes/$include.php";
}
foreach ( array( 'insert', 'users', 'terms', 'statuses', 'slugs', 'pages', 'texts', 'metas', 'comments', 'media', 'arrangement' ) as $part ) {
	require_once __DIR__ . "/$part.php";
}

// One transaction: SQLite would wait for the disk after each row.
$wpdb->query( 'START TRANSACTION' );
update_option( 'timezone_string', 'Europe/Oslo' );
update_option( 'blogname', 'Island & "Sea" <Times>' );
flush_rewrite_rules( false );

$made             = array( 'users' => rich_users(), 'terms' => rich_terms() );
$made['statuses'] = rich_statuses( $made['users'] );
$made['slugs']    = rich_slugs();
$made['pages']    = rich_pages( $made['users'] );
$made['own']      = rich_own_posts( $made['terms'], $made['users'] );
$made['texts']    = rich_texts( $made['terms'], $made['users'] );
$made['metas']    = array( 'post' => rich_metas() );
$made['comments'] = rich_comments( $made['users'] );
$made['media']    = rich_attachments( $made['users'] );
$made['menu']     = rich_menu( $made['pages'], $made['terms'] );
$made['posts']    = rich_arrangement( $made['pages'], $made['media'] );
$wpdb->query( 'COMMIT' );
return $made;
