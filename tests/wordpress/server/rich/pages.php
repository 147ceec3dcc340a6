<?php
/** Pages in a tree, and posts of the own types. */
function rich_pages( array $users ): array {
	$page = function ( string $title, string $slug, int $parent = 0 ) use ( $users ): int {
		return rich_post(
			array(
				'post_type'   => 'page',
				'post_title'  => $title,
				'post_name'   => $slug,
				'post_parent' => $parent,
				'post_author' => $users['backslash'],
			)
		);
	};
	$child   = $page( 'Made before its parent', 'older-child' );
	$island  = $page( 'The island', 'island' );
	$village = $page( 'The village', 'village' );
	rich_update( $child, array( 'post_parent' => $island, 'menu_order' => 7 ) );
	$orphan = $page( 'Its parent is gone', 'orphan', 4712 );
	return array(
		'child'         => $child,
		'island'        => $island,
		'village'       => $village,
		'island_about'  => $page( 'About', 'about', $island ),
		'village_about' => $page( 'About', 'about', $village ),
		'grandchild'    => $page( 'Third level', 'deep', $child ),
		'orphan'        => $orphan,
		'front'         => $page( 'Welcome', 'welcome' ),
		'news'          => $page( 'News', 'news' ),
	);
}

function rich_own_posts( array $terms, array $users ): array {
	$recipe = array( 'post_type' => 'recipe', 'post_author' => $users['cjk'] );
	$log    = array( 'post_type' => 'log_entry', 'post_author' => $users['no_role'] );
	$first  = rich_post( $log + array( 'post_title' => 'Log 1', 'post_status' => 'private' ) );
	$posts  = array(
		'soup'         => rich_post( $recipe + array( 'post_title' => 'Cod soup', 'post_content' => "Boil.\n\nServe." ) ),
		'numeric'      => rich_post( $recipe + array( 'post_title' => '1917', 'post_name' => '1917' ) ),
		'recipe_draft' => rich_post( $recipe + array( 'post_title' => 'Untested', 'post_status' => 'draft' ) ),
		'log'          => $first,
		'log_child'    => rich_post( $log + array( 'post_title' => 'Log 1, noon', 'post_parent' => $first ) ),
	);
	rich_checked( wp_set_object_terms( $posts['soup'], array( $terms['august'], $terms['warm'] ), 'season' ) );
	rich_checked( wp_set_object_terms( $posts['soup'], array( $terms['ingredient'] ), 'ingredient' ) );
	return $posts;
}
