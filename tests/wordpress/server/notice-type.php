<?php
/* Registers the post type of the samples' notices. */
add_action(
	'init',
	function () {
		register_post_type(
			'notice',
			array(
				'label'        => 'Notices',
				'public'       => true,
				'show_in_rest' => true,
				'supports'     => array( 'title', 'editor', 'author', 'excerpt', 'custom-fields' ),
			)
		);
	}
);
