<?php
/** What a site holds of fill.php's things: group → field → value; null where it isn't there. */
global $wpdb;

$of = function ( string $title ) use ( $wpdb ): ?object {
	return $wpdb->get_row( $wpdb->prepare( "SELECT * FROM $wpdb->posts WHERE post_title = %s AND post_type <> 'revision' ORDER BY ID LIMIT 1", $title ) );
};
$term = function ( string $name, string $taxonomy ) use ( $wpdb ): ?object {
	return $wpdb->get_row( $wpdb->prepare( "SELECT t.term_id, t.name, t.slug, x.description, x.parent FROM $wpdb->terms t JOIN $wpdb->term_taxonomy x ON x.term_id = t.term_id WHERE t.name = %s AND x.taxonomy = %s", $name, $taxonomy ) );
};
$comment = function ( string $content ) use ( $wpdb ): ?object {
	return $wpdb->get_row( $wpdb->prepare( "SELECT * FROM $wpdb->comments WHERE comment_content = %s", $content ) );
};
$metas = function ( ?object $post, string $key ) use ( $wpdb ): array {
	return $post ? $wpdb->get_col( $wpdb->prepare( "SELECT meta_value FROM $wpdb->postmeta WHERE post_id = %d AND meta_key = %s ORDER BY meta_id", $post->ID, $key ) ) : array();
};
$names = function ( ?object $post, string $taxonomy ) use ( $wpdb ): array {
	return $post ? $wpdb->get_col( $wpdb->prepare( "SELECT t.slug FROM $wpdb->term_relationships r JOIN $wpdb->term_taxonomy x ON x.term_taxonomy_id = r.term_taxonomy_id JOIN $wpdb->terms t ON t.term_id = x.term_id WHERE r.object_id = %d AND x.taxonomy = %s ORDER BY t.slug", $post->ID, $taxonomy ) ) : array();
};
$file = function ( ?object $post, bool $bytes ): ?string {
	$path = $post ? (string) get_post_meta( $post->ID, '_wp_attached_file', true ) : '';
	$held = wp_upload_dir()['basedir'] . "/$path";
	return ! $bytes || ! is_file( $held ) ? $path : hash_file( 'sha256', $held );
};

$post     = $of( 'Everything' );
$secret   = $of( 'With a word' );
$child    = $of( 'Below' );
$picture  = $of( 'Pier' );
$recipe   = $of( 'Of a type outside REST' );
$revised  = $of( 'Revised' );
$up       = $of( 'Up' );
$harbour  = $term( 'Harbour', 'category' );
$ferries  = $term( 'Ferries', 'category' );
$first    = $comment( 'First' );
$answer   = $comment( 'Answer' );
$ragna    = get_user_by( 'login', 'ragna' );
$statuses = array();
foreach ( array( 'draft', 'pending', 'private', 'future', 'trash' ) as $status ) {
	$statuses[ "status `$status`" ] = $of( "Of status $status" )->post_status ?? null;
}
$metas_of = array();
foreach ( array( 'registered' => 'registered for REST', 'plain' => 'not registered', 'rows' => 'several rows of a key', 'nested' => 'a serialized array', '_hidden' => 'protected (`_key`)' ) as $key => $said ) {
	$metas_of[ $said ] = $metas( $post, $key );
}
$states = array();
foreach ( array( 'held', 'spam', 'trash' ) as $state ) {
	$states[ "in the state `$state`" ] = $comment( "Is $state" )->comment_approved ?? null;
}
return array(
	'Posts'    => array(
		'title'               => $post->post_title ?? null,
		'content'             => $post->post_content ?? null,
		'excerpt'             => $post->post_excerpt ?? null,
		'slug'                => $post->post_name ?? null,
		'status `publish`'    => $post->post_status ?? null,
	) + $statuses + array(
		'author'              => $post ? get_userdata( $post->post_author )->user_login ?? null : null,
		'date'                => $post->post_date ?? null,
		'date in GMT'         => $post->post_date_gmt ?? null,
		'time of the last change' => $post->post_modified ?? null,
		'password'            => $secret->post_password ?? null,
		'comment status'      => $post->comment_status ?? null,
		'ping status'         => $post->ping_status ?? null,
		'sticky'              => $post ? is_sticky( $post->ID ) : null,
		'format'              => $names( $post, 'post_format' ),
		'parent'              => $child ? get_post( $child->post_parent )->post_title ?? null : null,
		'`menu_order`'        => $child->menu_order ?? null,
		'featured image'      => $post && has_post_thumbnail( $post->ID ) ? get_post( get_post_thumbnail_id( $post->ID ) )->post_title : null,
		'ID'                  => $post->ID ?? null,
		'guid'                => $post->guid ?? null,
		'addresses still to be pinged' => $post->to_ping ?? null,
		'addresses that were pinged'   => $post->pinged ?? null,
		'of a type outside REST'       => $recipe->post_type ?? null,
		'menu items'          => $up->post_type ?? null,
		'revisions'           => $revised ? $wpdb->get_col( $wpdb->prepare( "SELECT post_content FROM $wpdb->posts WHERE post_parent = %d AND post_type = 'revision' ORDER BY ID", $revised->ID ) ) : null,
	),
	'Metas'    => $metas_of,
	'Terms'    => array(
		'categories of a post' => $names( $post, 'category' ),
		'tags of a post'       => $names( $post, 'post_tag' ),
		'terms of a taxonomy outside REST' => $names( $post, 'season' ),
		'name'                 => $harbour->name ?? null,
		'slug'                 => $harbour->slug ?? null,
		'description'          => $harbour->description ?? null,
		'parent'               => $ferries ? get_term( $ferries->parent )->name ?? null : null,
		'metas'                => $harbour ? get_term_meta( $harbour->term_id, 'colour' ) : null,
		'menus'                => $term( 'Main', 'nav_menu' )->name ?? null,
	),
	'Comments' => array(
		'text'                 => $first->comment_content ?? null,
		'author'               => $first->comment_author ?? null,
		'e-mail address'       => $first->comment_author_email ?? null,
		'address of the author' => $first->comment_author_url ?? null,
		'IP address'           => $first->comment_author_IP ?? null,
		'program of the author' => $first->comment_agent ?? null,
		'date'                 => $first->comment_date ?? null,
		'date in GMT'          => $first->comment_date_gmt ?? null,
		'approved'             => $first->comment_approved ?? null,
	) + $states + array(
		'what it answers'      => $answer && $answer->comment_parent ? get_comment( $answer->comment_parent )->comment_content : null,
		'account of its author' => $answer && $answer->user_id ? get_userdata( $answer->user_id )->user_login : null,
		'metas'                => $first ? get_comment_meta( $first->comment_ID, 'rating' ) : null,
		'pingbacks'            => $comment( 'Pinged' )->comment_type ?? null,
	),
	'People'   => array(
		'login'                => $ragna->user_login ?? null,
		'display name'         => $ragna->display_name ?? null,
		'e-mail address'       => $ragna->user_email ?? null,
		'first and last name'  => $ragna ? array( $ragna->first_name, $ragna->last_name ) : null,
		'role'                 => $ragna->roles ?? null,
		'description and address' => $ragna ? array( $ragna->description, $ragna->user_url ) : null,
	),
	'Files'    => array(
		'the file'             => $file( $picture, true ),
		'its path'             => $file( $picture, false ),
		'title, caption and description' => $picture ? array( $picture->post_title, $picture->post_excerpt, $picture->post_content ) : null,
		'alternative text'     => $metas( $picture, '_wp_attachment_image_alt' ),
		'date'                 => $picture->post_date ?? null,
	),
	'The site' => array(
		'options that are named' => get_option( 'blogdescription' ),
	),
);
