<?php
/**
 * Adds what WordPress takes and its own export can't carry: characters that XML forbids, and an
 * ampersand in a commenter's address, which export_wp() writes as it is. Sees $commented, a post.
 */
require_once __DIR__ . '/insert.php';

function rich_control( int $commented ): array {
	$controls = rich_post(
		array(
			'post_date'    => '2018-07-01 06:00:00',
			'post_title'   => "Bell \x07 and escape \x1B",
			'post_content' => "Form\x0Cfeed, unit\x1Fseparator, tab\vvertical, \u{FFFE} and \u{FFFF}",
			'post_excerpt' => "Start \x01 of heading",
		)
	);
	rich_meta( 'post', $controls, 'control', "back\x08space" );
	$comment = rich_comment( $commented, "Shift \x0E out", array( 'comment_author_url' => 'https://example.org/?a=1&b=2' ) );
	return array( 'post' => $controls, 'comment' => $comment );
}

return rich_control( $commented );
