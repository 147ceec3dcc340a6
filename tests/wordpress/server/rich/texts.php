<?php
/** Posts whose text is hard to carry: markup, line ends, scripts, size; one with terms of all kinds. */
function rich_texts( array $terms, array $users ): array {
	$posts = array();
	foreach ( rich_hard_texts() as $name => $text ) {
		$posts[ $name ] = rich_post(
			array(
				'post_title'   => 'Text: ' . $name,
				'post_content' => $text,
				'post_author'  => $users['author'],
			)
		);
	}
	$posts['markers'] = rich_post(
		array(
			'post_title'   => 'a ]]> b <em>c</em> &amp; & \\ "d" \'e\' &#039; \\\\',
			'post_content' => '<p>a ]]> b ]]]]>> c <![CDATA[ d ]]></p>',
			'post_excerpt' => "An excerpt ]]>\r\nof two lines\\",
		)
	);
	rich_update( $posts['markers'], array( 'tags_input' => array( $terms['markers'], $terms['zero'], $terms['number'], $terms['emoji'] ) ) );
	wp_set_object_terms( $posts['markers'], array( $terms['timetables'], $terms['other_ferries'], $terms['cjk'], $terms['other_slug'] ), 'category' );
	wp_set_object_terms( $posts['markers'], array( $terms['summer'] ), 'season' );
	// Two categories of one name, which the slug alone tells apart.
	wp_set_object_terms( $posts['cjk'], array( $terms['ferries'], $terms['other_ferries'] ), 'category' );
	$posts['odd']  = rich_post( array( 'post_title' => RICH_ODD, 'post_content' => RICH_ODD, 'post_excerpt' => RICH_ODD ) );
	$posts['huge'] = rich_post( array( 'post_title' => 'A long read', 'post_content' => rich_long_text() ) );
	return $posts;
}

function rich_hard_texts(): array {
	return array(
		'crlf'     => "One\r\nTwo\r\n\r\nOld Mac\rThree\n",
		'emoji'    => 'Ferry ⛴, family 👩‍👩‍👧‍👦, flag 🇳🇴, skin 👋🏽',
		'cjk'      => '夕日が港に沈む。배가 떠났다。渡轮离开了。',
		'rtl'      => "العبّارة غادرت الميناء — שלום, \u{202E}abc\u{202C} end",
		'blanks'   => "\n \t leading and trailing blanks, \u{00A0}hard ones too \u{2028} \t \n\n",
		'scripts'  => '<script>if ( a < b && c ) { alert( "&bogus; &#8217;" ); }</script><style>a > b {}</style>',
		'blocks'   => '<!-- wp:example/card {"html":"\\u003cb\\u003e \\u0026 \\u002d\\u002d","path":"C:\\\\new","n":{"deep":[1,2]}} /-->'
			. "\n\n<!-- wp:paragraph -->\n<p>Text</p>\n<!-- /wp:paragraph -->\n\n<!--more-->\n\n<!--nextpage-->\n\n[shortcode attr=\"]]>\"]",
		'slashes'  => 'C:\\new\\table \\\' \\" \\0 \\u0041 \\\\\\ end\\',
		'accents'  => "Composed é and decomposed e\u{0301}, private \u{E000}, last \u{10FFFD}, \u{FEFF} inside, soft\u{00AD}hyphen",
		'delete'   => "DEL \x7F and next line \u{0085} are allowed in XML",
	);
}

/** 1.5 MB, no two paragraphs alike. */
function rich_long_text(): string {
	$text = '';
	for ( $number = 1; strlen( $text ) < 1500000; $number++ ) {
		$text .= "<p>Wave number $number came in at the pier, and the keeper of the light wrote it down.</p>\n\n";
	}
	return $text;
}
