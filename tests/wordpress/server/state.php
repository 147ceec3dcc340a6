<?php
/**
 * The whole database in an order and in words that don't depend on IDs: table → rows.
 *
 * Left out is what WordPress owns: IDs, the moments of changes, revisions, its notes about old slugs,
 * old dates, pings and the trash, the caches and schedules among the options, its word for a site on
 * which nothing was ever published, and what it keeps of sessions and of the last use of a password.
 */
global $wpdb;

$name  = fn( $post ) => $post ? "$post->post_type $post->post_name $post->post_title" : '';
$posts = array();
foreach ( $wpdb->get_results( "SELECT * FROM $wpdb->posts WHERE post_type <> 'revision'" ) as $post ) {
	$row           = (array) $post;
	$row['parent'] = $name( get_post( $post->post_parent ) );
	$row['meta']   = $wpdb->get_results( $wpdb->prepare(
		"SELECT meta_key, meta_value FROM $wpdb->postmeta WHERE post_id = %d AND meta_key NOT IN
		( '_edit_lock', '_edit_last', '_pingme', '_encloseme', '_wp_old_slug', '_wp_old_date',
		'_wp_trash_meta_status', '_wp_trash_meta_time', '_wp_desired_post_slug' )
		ORDER BY meta_key, meta_value", $post->ID ), ARRAY_N );
	$row['terms']  = $wpdb->get_col( $wpdb->prepare(
		"SELECT CONCAT( x.taxonomy, ' ', t.slug ) FROM $wpdb->term_relationships r
		JOIN $wpdb->term_taxonomy x ON x.term_taxonomy_id = r.term_taxonomy_id
		JOIN $wpdb->terms t ON t.term_id = x.term_id WHERE r.object_id = %d ORDER BY 1", $post->ID ) );
	$row['sticky'] = is_sticky( $post->ID );
	unset( $row['ID'], $row['post_parent'], $row['guid'], $row['post_modified'], $row['post_modified_gmt'] );
	$posts[] = $row;
}

$comments = array();
foreach ( $wpdb->get_results( "SELECT * FROM $wpdb->comments" ) as $comment ) {
	$row           = (array) $comment;
	$row['post']   = $name( get_post( $comment->comment_post_ID ) );
	$parent        = get_comment( $comment->comment_parent );
	$row['parent'] = $parent ? $parent->comment_content : '';
	$row['meta']   = $wpdb->get_results( $wpdb->prepare( "SELECT meta_key, meta_value FROM $wpdb->commentmeta WHERE comment_id = %d ORDER BY 1, 2", $comment->comment_ID ), ARRAY_N );
	unset( $row['comment_ID'], $row['comment_post_ID'], $row['comment_parent'] );
	$comments[] = $row;
}

$terms = $wpdb->get_results(
	"SELECT x.taxonomy, t.name, t.slug, x.description, p.slug AS parent, x.count
	FROM $wpdb->terms t JOIN $wpdb->term_taxonomy x ON x.term_id = t.term_id
	LEFT JOIN $wpdb->terms p ON p.term_id = x.parent ORDER BY 1, 3, 2", ARRAY_A );

$orphans = array(
	$wpdb->get_var( "SELECT COUNT(*) FROM $wpdb->postmeta WHERE post_id NOT IN ( SELECT ID FROM $wpdb->posts )" ),
	$wpdb->get_var( "SELECT COUNT(*) FROM $wpdb->term_relationships WHERE object_id NOT IN ( SELECT ID FROM $wpdb->posts )" ),
	$wpdb->get_var( "SELECT COUNT(*) FROM $wpdb->termmeta WHERE term_id NOT IN ( SELECT term_id FROM $wpdb->terms )" ),
	$wpdb->get_var( "SELECT COUNT(*) FROM $wpdb->commentmeta WHERE comment_id NOT IN ( SELECT comment_ID FROM $wpdb->comments )" ),
);

$options = array_column( $wpdb->get_results(
	"SELECT option_name, option_value FROM $wpdb->options WHERE option_name NOT LIKE '%transient%'
	AND option_name NOT IN ( 'cron', 'rewrite_rules', 'sticky_posts', 'recently_edited',
	'fresh_site', 'wp_calendar_block_has_published_posts' )
	AND option_name NOT LIKE '%_children' AND option_name NOT LIKE 'theme_mods_%' ORDER BY option_name", ARRAY_A ), 'option_value', 'option_name' );

$users = $wpdb->get_results( "SELECT user_login, user_email, display_name FROM $wpdb->users ORDER BY 1", ARRAY_A );

$order = fn( $a, $b ) => strcmp( wp_json_encode( $a ), wp_json_encode( $b ) );
usort( $posts, $order );
usort( $comments, $order );

return compact( 'posts', 'comments', 'terms', 'orphans', 'options', 'users' );
