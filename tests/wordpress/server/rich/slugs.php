<?php
/** Posts that are hard to tell apart or to name: twins, no title, odd slugs. */
function rich_slugs(): array {
	$twin  = array( 'post_title' => 'Twins', 'post_date' => '2017-05-05 05:05:05' );
	$long  = array( 'post_title' => str_repeat( 'A very long way to the lighthouse ', 8 ) );
	$posts = array(
		'first_twin'    => rich_post( $twin + array( 'post_content' => 'The first of two' ) ),
		'second_twin'   => rich_post( $twin + array( 'post_content' => 'The second of two' ) ),
		'untitled'      => rich_post( array( 'post_title' => '', 'post_content' => 'No title at all' ) ),
		'untitled_draft' => rich_post( array( 'post_title' => '', 'post_status' => 'draft' ) ),
		'title_zero'    => rich_post( array( 'post_title' => '0', 'post_excerpt' => '0' ) ),
		'empty'         => rich_post( array( 'post_title' => 'Only a title', 'post_content' => '' ) ),
		'cyrillic'      => rich_post( array( 'post_title' => 'Привет, остров' ) ),
		'arabic'        => rich_post( array( 'post_title' => 'العبّارة تغادر الميناء' ) ),
		'emoji'         => rich_post( array( 'post_title' => '⛴ leaves 👩‍👩‍👧‍👦' ) ),
		'long'          => rich_post( $long ),
		'long_again'    => rich_post( $long ),
		'long_cjk'      => rich_post( array( 'post_title' => str_repeat( '遠い灯台への道', 6 ) ) ),
		'draft_slug'    => rich_post( array( 'post_status' => 'draft', 'post_name' => 'twins', 'post_title' => 'A draft with a taken slug' ) ),
		'numeric'       => rich_post( array( 'post_status' => 'draft', 'post_name' => '2017', 'post_title' => 'The year 2017' ) ),
	);
	// A published post gets no slug of digits alone, but a draft may have one and keeps it.
	rich_update( $posts['numeric'], array( 'post_status' => 'publish' ) );
	return $posts;
}
