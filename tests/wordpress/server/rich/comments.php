<?php
/** Comments on one post: each state and type, six levels deep, with meta. */
function rich_comments( array $users ): array {
	$post     = rich_post( array( 'post_title' => 'Much discussed' ) );
	$comments = array( 'post' => $post );
	foreach ( array( 'approved' => '1', 'held' => '0', 'spam' => 'spam', 'trash' => 'trash' ) as $name => $state ) {
		$comments[ $name ] = rich_comment( $post, "This is $name", array( 'comment_approved' => $state ) );
	}
	foreach ( array( 'pingback', 'trackback', 'review' ) as $type ) {
		$comments[ $type ] = rich_comment( $post, "A $type", array( 'comment_type' => $type ) );
	}
	return $comments + array(
		'odd'       => rich_odd_comment( $post ),
		'anonymous' => rich_comment( $post, 'Nobody said this', array( 'comment_author' => '', 'comment_author_email' => '', 'comment_author_url' => '', 'comment_author_IP' => '' ) ),
		'by_user'   => rich_comment( $post, 'The editor answers', array( 'user_id' => $users['editor'], 'comment_author' => 'Editor of the island' ) ),
		'undated'   => rich_comment( $post, RICH_ODD, array( 'comment_date' => '0000-00-00 00:00:00', 'comment_date_gmt' => '0000-00-00 00:00:00' ) ),
		'untyped'   => rich_untyped_comment( $post ),
		'deepest'   => rich_thread( $post ),
	);
}

function rich_odd_comment( int $post ): int {
	$id = rich_comment(
		$post,
		"  ]]> <b>bold</b> &amp; & \\ ⛴\r\nsecond line ",
		array( 'comment_author' => 'Ragna ]]> "R" \\ O\'Neill', 'comment_agent' => 'Browser ]]> 1.0' )
	);
	rich_meta( 'comment', $id, 'rating', '5' );
	rich_meta( 'comment', $id, 'rating', '4' );
	rich_meta( 'comment', $id, 'a ]]> key', array( 'nested' => array( 'value ]]>', '\\' ) ) );
	return $id;
}

/** As WordPress stored comments before 5.5. */
function rich_untyped_comment( int $post ): int {
	global $wpdb;
	$id = rich_comment( $post, 'From an older version' );
	rich_checked( $wpdb->update( $wpdb->comments, array( 'comment_type' => '' ), array( 'comment_ID' => $id ) ) );
	return $id;
}

function rich_thread( int $post ): int {
	$parent = 0;
	for ( $level = 1; $level <= 6; $level++ ) {
		$parent = rich_comment( $post, "Level $level", array( 'comment_parent' => $parent ) );
		rich_meta( 'comment', $parent, 'level', (string) $level );
	}
	return $parent;
}
