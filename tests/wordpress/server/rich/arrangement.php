<?php
/** What ties a site together: menu, reusable block, front page, icon, stickies, formats, revisions. */
function rich_menu( array $pages, array $terms ): array {
	$menu = rich_checked( wp_create_nav_menu( 'Main menu' ) );
	$home = rich_menu_item( $menu, array( 'title' => 'Start ]]> "here" \\', 'url' => 'https://example.org/?a=1&b=2', 'type' => 'custom' ) );
	$page = rich_menu_item( $menu, array( 'type' => 'post_type', 'object' => 'page', 'object-id' => $pages['island'], 'parent-id' => $home ) );
	$deep = rich_menu_item( $menu, array( 'type' => 'taxonomy', 'object' => 'category', 'object-id' => $terms['harbour'], 'parent-id' => $page, 'classes' => 'one two' ) );
	return array( 'menu' => $menu, 'first' => $home, 'second' => $page, 'third' => $deep );
}

function rich_menu_item( int $menu, array $fields ): int {
	$item = array( 'menu-item-status' => 'publish', 'menu-item-post-date' => '2018-05-01 09:00:00' );
	foreach ( $fields as $name => $value ) {
		$item[ "menu-item-$name" ] = wp_slash( $value );
	}
	return rich_checked( wp_update_nav_menu_item( $menu, 0, $item ) );
}

function rich_arrangement( array $pages, array $media ): array {
	update_option( 'show_on_front', 'page' );
	update_option( 'page_on_front', $pages['front'] );
	update_option( 'page_for_posts', $pages['news'] );
	update_option( 'site_icon', $media['icon'] );
	update_option( 'blogdescription', 'Ships, "nets" & ]]> light' );

	$block = rich_post( array( 'post_type' => 'wp_block', 'post_title' => 'Closing words', 'post_content' => '<!-- wp:paragraph --><p>Until tomorrow.</p><!-- /wp:paragraph -->' ) );
	$posts = array(
		'reusable_block' => $block,
		'with_block'     => rich_post( array( 'post_title' => 'With a reusable block', 'post_content' => "<!-- wp:block {\"ref\":$block} /-->" ) ),
		'sticky'         => rich_post( array( 'post_title' => 'Stays on top' ) ),
		'sticky_too'     => rich_post( array( 'post_title' => 'Stays on top as well' ) ),
		'aside'          => rich_post( array( 'post_title' => 'By the way' ) ),
		'quote'          => rich_post( array( 'post_title' => 'Somebody said' ) ),
		'revised'        => rich_post( array( 'post_title' => 'Written three times', 'post_content' => 'First words' ) ),
	);
	stick_post( $posts['sticky'] );
	stick_post( $posts['sticky_too'] );
	rich_checked( set_post_format( $posts['aside'], 'aside' ) );
	rich_checked( set_post_format( $posts['quote'], 'quote' ) );
	rich_update( $posts['revised'], array( 'post_content' => 'Second words ]]>' ) );
	rich_update( $posts['revised'], array( 'post_content' => 'Third words' ) );
	return $posts;
}
