<?php
/** Puts revisions into exports, which WordPress itself leaves out; plugins for moving sites do so. */
add_filter(
	'register_post_type_args',
	fn( $args, $type ) => 'revision' === $type ? array( 'can_export' => true ) + $args : $args,
	10,
	2
);
