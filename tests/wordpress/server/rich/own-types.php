<?php
/**
 * Own post types, taxonomies and a status, as a plugin would register them. The file becomes a
 * must-use plugin; without it WordPress exports no post of them, though the database holds it all.
 */
add_action(
	'init',
	function () {
		register_post_type(
			'recipe',
			array(
				'label'       => 'Recipes',
				'public'      => true,
				'has_archive' => true,
				'rewrite'     => array( 'slug' => 'kitchen' ),
				'supports'    => array( 'title', 'editor', 'excerpt', 'custom-fields', 'comments', 'revisions' ),
			)
		);
		register_post_type(
			'log_entry',
			array(
				'label'        => 'Log entries',
				'public'       => false,
				'hierarchical' => true,
			)
		);
		register_taxonomy( 'season', array( 'recipe', 'post' ), array( 'hierarchical' => true ) );
		register_taxonomy( 'ingredient', 'recipe' );
		register_post_status( 'archived', array( 'label' => 'Archived' ) );
	}
);
