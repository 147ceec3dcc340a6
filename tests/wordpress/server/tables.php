<?php
/**
 * The tables of a site, row by row: table → name of the row → columns as they are stored.
 *
 * Where a column holds the number of a user, a term or a comment, which another site counts anew, it
 * says whom it means: a login, taxonomy and slug, the comment's place at its post. `options` names
 * those to be read. Left out are revisions and drafts that WordPress makes by itself.
 */
global $wpdb;

$logins = array_column( $wpdb->get_results( "SELECT ID, user_login FROM $wpdb->users", ARRAY_A ), 'user_login', 'ID' );
$rows   = fn( $table, $order ) => $wpdb->get_results( "SELECT * FROM $table ORDER BY $order", ARRAY_A );

$terms  = array();
$named  = array();
$by_tax = array();
foreach ( $wpdb->get_results( "SELECT * FROM $wpdb->term_taxonomy x JOIN $wpdb->terms t ON t.term_id = x.term_id", ARRAY_A ) as $row ) {
	$name                                 = "{$row['taxonomy']} {$row['slug']}";
	$named[ $row['term_id'] ]             = $name;
	$by_tax[ $row['term_taxonomy_id'] ]   = $name;
	$terms[ $name ]                       = $row;
}
foreach ( $terms as &$row ) {
	$row['parent'] = $named[ $row['parent'] ] ?? $row['parent'];
	unset( $row['term_id'], $row['term_taxonomy_id'] );
}
unset( $row );

$posts = array();
foreach ( $rows( $wpdb->posts, 'ID' ) as $row ) {
	if ( 'revision' !== $row['post_type'] && 'auto-draft' !== $row['post_status'] ) {
		$row['post_author']  = $logins[ $row['post_author'] ] ?? '';
		$posts[ $row['ID'] ] = $row;
	}
}

$postmeta = array();
foreach ( $rows( $wpdb->postmeta, 'meta_id' ) as $row ) {
	if ( isset( $posts[ $row['post_id'] ] ) ) {
		$of_term = '_menu_item_object_id' === $row['meta_key'] && 'taxonomy' === get_post_meta( $row['post_id'], '_menu_item_type', true );
		$value   = $of_term ? ( $named[ $row['meta_value'] ] ?? '' ) : $row['meta_value'];

		$postmeta[ $row['post_id'] ][] = array( $row['meta_key'], $value );
	}
}

$termmeta = array();
foreach ( $rows( $wpdb->termmeta, 'meta_id' ) as $row ) {
	$termmeta[ $named[ $row['term_id'] ] ][] = array( $row['meta_key'], $row['meta_value'] );
}

$relationships = array();
foreach ( $rows( $wpdb->term_relationships, 'object_id' ) as $row ) {
	isset( $posts[ $row['object_id'] ] ) && $relationships[ "{$row['object_id']} {$by_tax[ $row['term_taxonomy_id'] ]}" ] = array( 'term_order' => $row['term_order'] );
}

$comments = array();
$places   = array( 0 => '' );
$counts   = array();
foreach ( $rows( $wpdb->comments, 'comment_ID' ) as $row ) {
	$post                         = $row['comment_post_ID'];
	$counts[ $post ]              = 1 + ( $counts[ $post ] ?? 0 );
	$places[ $row['comment_ID'] ] = "$post {$counts[ $post ]}";

	$comments[ $places[ $row['comment_ID'] ] ] = $row;
}
foreach ( $comments as &$row ) {
	$row['comment_parent'] = $places[ $row['comment_parent'] ] ?? $row['comment_parent'];
	$row['user_id']        = $logins[ $row['user_id'] ] ?? '';
	unset( $row['comment_ID'] );
}
unset( $row );

$commentmeta = array();
foreach ( $rows( $wpdb->commentmeta, 'meta_id' ) as $row ) {
	$commentmeta[ $places[ $row['comment_id'] ] ][] = array( $row['meta_key'], $row['meta_value'] );
}

$users = array();
foreach ( $rows( $wpdb->users, 'ID' ) as $row ) {
	foreach ( array( 'first_name', 'last_name', 'nickname', 'description' ) as $key ) {
		$row[ $key ] = get_user_meta( $row['ID'], $key, true );
	}
	$users[ $row['user_login'] ] = $row;
	unset( $users[ $row['user_login'] ]['ID'] );
}

$options = array( 'all' => $options ? array_combine( $options, array_map( 'get_option', $options ) ) : array() );
isset( $options['all']['sticky_posts'] ) && sort( $options['all']['sticky_posts'] ); // which are sticky, not since when.

return compact( 'posts', 'postmeta', 'terms', 'termmeta', 'relationships', 'comments', 'commentmeta', 'users', 'options' );
