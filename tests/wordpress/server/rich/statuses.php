<?php
/** A post in every status, by various authors. */
function rich_statuses( array $users ): array {
	$posts = array();
	foreach ( array( 'publish', 'draft', 'pending', 'private', 'auto-draft', 'archived' ) as $status ) {
		$posts[ $status ] = rich_post(
			array(
				'post_status'  => $status,
				'post_title'   => 'In the status ' . $status,
				'post_excerpt' => 'What is ' . $status,
				'post_author'  => 'pending' === $status ? $users['contributor'] : $users['editor'],
			)
		);
	}
	return $posts + array(
		'future'   => rich_post( array( 'post_status' => 'future', 'post_title' => 'Not yet', 'post_date' => '2099-12-31 23:59:59' ) ),
		'password' => rich_post( array( 'post_title' => 'Behind a word', 'post_password' => 'sesame ]]> & "salt"' ) ),
		'closed'   => rich_post( array( 'post_title' => 'No answers', 'comment_status' => 'closed', 'ping_status' => 'closed', 'menu_order' => -3 ) ),
		'old_guid' => rich_post( array( 'post_title' => 'From another site', 'guid' => 'https://old.example.org/?p=12&preview=1' ) ),
		'undated'  => rich_undated(),
		'trash'    => rich_trashed(),
		'gone'     => rich_without_author(),
	);
}

/** A draft without any date, as importers of earlier years made them: today's functions state one. */
function rich_undated(): int {
	global $wpdb;
	$id    = rich_post( array( 'post_status' => 'draft', 'post_title' => 'Some day' ) );
	$dates = array_fill_keys( array( 'post_date', 'post_date_gmt', 'post_modified', 'post_modified_gmt' ), '0000-00-00 00:00:00' );
	rich_checked( $wpdb->update( $wpdb->posts, $dates, array( 'ID' => $id ) ) );
	clean_post_cache( $id );
	return $id;
}

/** A trashed post with a comment, which goes to the trash with it (`post-trashed`). */
function rich_trashed(): int {
	$id = rich_post( array( 'post_title' => 'Thrown away' ) );
	rich_comment( $id, 'Thrown away with its post' );
	rich_checked( wp_trash_post( $id ) );
	return $id;
}

/** A post whose author's account is gone, as other software's deletions leave it. */
function rich_without_author(): int {
	global $wpdb;
	$id = rich_post( array( 'post_title' => 'Its author left' ) );
	rich_checked( $wpdb->update( $wpdb->posts, array( 'post_author' => 4711 ), array( 'ID' => $id ) ) );
	clean_post_cache( $id );
	return $id;
}
