<?php
/**
 * What the database holds of all that export_wp() takes: { site, authors, terms, posts }, columns
 * as they are stored, and beside them what WordPress computes (permalink, file address, login).
 */
function records_posts(): array {
	global $wpdb;
	$types = "'" . implode( "','", get_post_types( array( 'can_export' => true ) ) ) . "'";
	$rows  = $wpdb->get_results( "SELECT * FROM $wpdb->posts WHERE post_type IN ($types) AND post_status <> 'auto-draft' ORDER BY ID", ARRAY_A );
	return array_map( 'records_post', $rows );
}

function records_post( array $row ): array {
	global $wpdb;
	$id     = (int) $row['ID'];
	$author = get_userdata( (int) $row['post_author'] );
	return $row + array(
		'login'          => $author ? $author->user_login : '',
		'link'           => get_permalink( $id ),
		'sticky'         => is_sticky( $id ),
		'attachment_url' => 'attachment' === $row['post_type'] ? wp_get_attachment_url( $id ) : null,
		'terms'          => records_terms_of( $id, $row['post_type'] ),
		'meta'           => records_meta( $wpdb->postmeta, 'post_id', $id ),
		'comments'       => records_comments( $id ),
	);
}

function records_terms_of( int $id, string $type ): array {
	$terms = array();
	foreach ( wp_get_object_terms( $id, get_object_taxonomies( $type ) ) as $term ) {
		$terms[] = array( $term->taxonomy, $term->name, $term->slug );
	}
	return $terms;
}

function records_meta( string $table, string $column, int $id ): array {
	global $wpdb;
	$rows = $wpdb->get_results( $wpdb->prepare( "SELECT meta_key, meta_value FROM $table WHERE $column = %d AND meta_key <> '_edit_lock' ORDER BY meta_id", $id ), ARRAY_N );
	return $rows;
}

function records_comments( int $post ): array {
	global $wpdb;
	$rows = $wpdb->get_results( $wpdb->prepare( "SELECT * FROM $wpdb->comments WHERE comment_post_ID = %d AND comment_approved <> 'spam' ORDER BY comment_ID", $post ), ARRAY_A );
	foreach ( $rows as &$row ) {
		$row['meta'] = records_meta( $wpdb->commentmeta, 'comment_id', (int) $row['comment_ID'] );
	}
	return $rows;
}

/** Terms of a taxonomy by ID, each with its parent's slug; a menu has no parent at all. */
function records_terms(): array {
	global $wpdb;
	$taxonomies = array_merge( array( 'category', 'post_tag', 'nav_menu' ), get_taxonomies( array( '_builtin' => false ) ) );
	$terms      = array();
	foreach ( get_terms( array( 'taxonomy' => array_values( $taxonomies ), 'get' => 'all', 'orderby' => 'id' ) ) as $term ) {
		$terms[] = array(
			'id'          => $term->term_id,
			'taxonomy'    => $term->taxonomy,
			'slug'        => $term->slug,
			'name'        => $term->name,
			'description' => $term->description,
			'parent'      => 'nav_menu' === $term->taxonomy ? null : records_slug( $term->parent ),
			'meta'        => records_meta( $wpdb->termmeta, 'term_id', $term->term_id ),
		);
	}
	return $terms;
}

function records_slug( int $term ): string {
	return $term ? get_term( $term )->slug : '';
}

function records_authors(): array {
	$authors = array();
	foreach ( get_users( array( 'orderby' => 'ID' ) ) as $user ) {
		$authors[] = array( $user->user_login, $user->display_name, $user->user_email, $user->first_name, $user->last_name, $user->ID );
	}
	return $authors;
}

return array(
	'site'    => array(
		'url'         => home_url(),
		'network_url' => home_url(),
		'title'       => wp_specialchars_decode( get_option( 'blogname' ), ENT_QUOTES ),
		'description' => wp_specialchars_decode( get_option( 'blogdescription' ), ENT_QUOTES ),
		'language'    => get_bloginfo( 'language' ),
	),
	'authors' => records_authors(),
	'terms'   => records_terms(),
	'posts'   => records_posts(),
);
