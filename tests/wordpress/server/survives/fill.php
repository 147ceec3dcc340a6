<?php
/** One of everything whose way to another site is to be followed; probe.php looks for it there. */
global $wpdb;
require_once ABSPATH . 'wp-admin/includes/media.php';
require_once ABSPATH . 'wp-admin/includes/file.php';
require_once ABSPATH . 'wp-admin/includes/image.php';

$user = wp_insert_user( array( 'user_login' => 'ragna', 'user_pass' => 'x', 'user_email' => 'ragna@example.org', 'display_name' => 'Ragna Odd', 'first_name' => 'Ragna', 'last_name' => 'Odd', 'role' => 'editor', 'description' => 'Writes.', 'user_url' => 'https://example.org/ragna' ) );

$harbour = wp_insert_term( 'Harbour', 'category', array( 'slug' => 'the-harbour', 'description' => 'By the sea' ) )['term_id'];
$ferries = wp_insert_term( 'Ferries', 'category', array( 'slug' => 'ferries', 'parent' => $harbour ) )['term_id'];
$summer  = wp_insert_term( 'Summer', 'season' )['term_id'];
add_term_meta( $harbour, 'colour', 'blue' );

$file = wp_tempnam( 'pier.png' );
imagepng( imagecreatetruecolor( 60, 40 ), $file );
$picture = media_handle_sideload( array( 'name' => 'pier.png', 'tmp_name' => $file ), 0, null, array( 'post_date' => '2018-04-01 10:00:00' ) );
wp_update_post( array( 'ID' => $picture, 'post_title' => 'Pier', 'post_excerpt' => 'A caption', 'post_content' => 'A description' ) );
update_post_meta( $picture, '_wp_attachment_image_alt', 'The pier at dusk' );

$everything = wp_insert_post(
	array(
		'import_id'      => 4711,
		'post_title'     => 'Everything',
		'post_content'   => "<p>One</p>\r\n<script>two</script>",
		'post_excerpt'   => 'Short',
		'post_name'      => 'every-thing',
		'post_status'    => 'publish',
		'post_author'    => $user,
		'post_date'      => '2016-07-15 20:22:23',
		'comment_status' => 'closed',
		'ping_status'    => 'closed',
		'tags_input'     => array( 'sea' ),
		'post_category'  => array( $ferries ),
		'meta_input'     => array( 'registered' => 'one', 'plain' => ' two ', '_hidden' => 'three', 'nested' => array( 'a' => array( 1, true ) ) ),
	)
);
add_post_meta( $everything, 'rows', 'one' );
add_post_meta( $everything, 'rows', 'two' );
wp_set_object_terms( $everything, 'post-format-aside', 'post_format' );
wp_set_object_terms( $everything, $summer, 'season' );
set_post_thumbnail( $everything, $picture );
stick_post( $everything );
$wpdb->update( $wpdb->posts, array( 'guid' => 'https://old.example.org/?p=1', 'post_modified' => '2017-01-02 03:04:05', 'post_modified_gmt' => '2017-01-02 03:04:05', 'to_ping' => 'https://example.org/to', 'pinged' => 'https://example.org/done' ), array( 'ID' => $everything ) );
wp_insert_post( array( 'post_title' => 'With a word', 'post_status' => 'publish', 'post_password' => 'word', 'post_date' => '2016-07-15 20:22:23' ) );

$top = wp_insert_post( array( 'post_title' => 'Top', 'post_type' => 'page', 'post_status' => 'publish' ) );
wp_insert_post( array( 'post_title' => 'Below', 'post_type' => 'page', 'post_status' => 'publish', 'post_parent' => $top, 'menu_order' => 3 ) );
foreach ( array( 'draft', 'pending', 'private', 'future', 'trash' ) as $status ) {
	wp_insert_post( array( 'post_title' => "Of status $status", 'post_content' => 'x', 'post_status' => 'trash' === $status ? 'draft' : $status, 'post_date' => 'future' === $status ? '2099-01-01 00:00:00' : '2016-07-15 20:22:23' ) );
}
wp_trash_post( $wpdb->get_var( "SELECT ID FROM $wpdb->posts WHERE post_title = 'Of status trash'" ) );
wp_insert_post( array( 'post_title' => 'Of a type outside REST', 'post_type' => 'recipe', 'post_status' => 'publish' ) );

$talk    = wp_insert_post( array( 'post_title' => 'Discussed', 'post_status' => 'publish', 'post_date' => '2016-07-15 20:22:23' ) );
$comment = array( 'comment_post_ID' => $talk, 'comment_author' => 'Reader', 'comment_author_email' => 'reader@example.org', 'comment_author_url' => 'https://example.org/reader', 'comment_author_IP' => '192.0.2.1', 'comment_agent' => 'Browser 1.0', 'comment_date' => '2016-07-16 10:00:00', 'comment_date_gmt' => '2016-07-16 10:00:00', 'comment_content' => 'First' );
$first   = wp_insert_comment( $comment );
add_comment_meta( $first, 'rating', '5' );
wp_insert_comment( array( 'comment_content' => 'Answer', 'comment_parent' => $first, 'user_id' => $user ) + $comment );
foreach ( array( 'held' => '0', 'spam' => 'spam', 'trash' => 'trash' ) as $name => $state ) {
	wp_insert_comment( array( 'comment_content' => "Is $name", 'comment_approved' => $state ) + $comment );
}
wp_insert_comment( array( 'comment_content' => 'Pinged', 'comment_type' => 'pingback' ) + $comment );

$menu = wp_create_nav_menu( 'Main' );
wp_update_nav_menu_item( $menu, 0, array( 'menu-item-object' => 'page', 'menu-item-object-id' => $top, 'menu-item-type' => 'post_type', 'menu-item-title' => 'Up', 'menu-item-status' => 'publish' ) );

$revised = wp_insert_post( array( 'post_title' => 'Revised', 'post_content' => 'Before', 'post_status' => 'publish' ) );
wp_update_post( array( 'ID' => $revised, 'post_content' => 'Later' ) );
wp_update_post( array( 'ID' => $revised, 'post_content' => 'After' ) );
$first = $wpdb->get_var( $wpdb->prepare( "SELECT MIN(ID) FROM $wpdb->posts WHERE post_parent = %d AND post_type = 'revision'", $revised ) );
$wpdb->update( $wpdb->posts, array( 'post_date' => '2018-01-02 03:04:05', 'post_date_gmt' => '2018-01-02 03:04:05' ), array( 'ID' => $first ) );
update_option( 'blogdescription', 'A paper of the harbour' );
return true;
