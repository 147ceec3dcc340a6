<?php
/**
 * One function for each kind of row. They add the slashes that WordPress takes away, and throw
 * where WordPress refuses, so that nothing is missing unnoticed.
 */
function rich_checked( $id ) {
	if ( is_wp_error( $id ) ) {
		throw new Exception( $id->get_error_message() );
	}
	if ( ! $id ) {
		throw new Exception( 'WordPress stored nothing' );
	}
	return $id;
}

/** What a careless reader or writer of XML, YAML or SQL falls over, with blanks behind. */
const RICH_ODD = "a\r\nb\rc\n]]> <![CDATA[ </item> <!-- & &amp; &nbsp; \\ \\\\n 'é' \"日本\" 😀\u{2028} ?>\t ";

/** A published post unless the fields say otherwise; each is an hour later than the one before. */
function rich_post( array $fields ): int {
	static $hours = 0;
	$usual = array(
		'post_status'  => 'publish',
		'post_title'   => 'Harbour notes',
		'post_content' => '<p>The ferry left on time.</p>',
		'post_date'    => gmdate( 'Y-m-d H:i:s', strtotime( '2018-03-01 08:00:00 UTC' ) + 3600 * ++$hours ),
	);
	return rich_checked( wp_insert_post( wp_slash( $fields + $usual ), true ) );
}

function rich_update( int $id, array $fields ): void {
	rich_checked( wp_update_post( wp_slash( array( 'ID' => $id ) + $fields ), true ) );
}

function rich_meta( string $kind, int $id, string $key, $value ): void {
	rich_checked( add_metadata( $kind, $id, wp_slash( $key ), wp_slash( $value ) ) );
}

function rich_term( string $taxonomy, string $name, array $more = array() ): int {
	return rich_checked( wp_insert_term( wp_slash( $name ), $taxonomy, wp_slash( $more ) ) )['term_id'];
}

/** An approved comment by a reader unless the fields say otherwise. */
function rich_comment( int $post, string $content, array $fields = array() ): int {
	static $minutes = 0;
	$date  = gmdate( 'Y-m-d H:i:s', strtotime( '2018-06-01 12:00:00 UTC' ) + 60 * ++$minutes );
	$usual = array(
		'comment_post_ID'      => $post,
		'comment_author'       => 'Ragna',
		'comment_author_email' => 'ragna@example.org',
		'comment_author_url'   => 'https://ragna.example.org/',
		'comment_author_IP'    => '192.0.2.7',
		'comment_content'      => $content,
		'comment_date'         => $date,
		'comment_date_gmt'     => get_gmt_from_date( $date ),
		'comment_approved'     => '1',
	);
	return rich_checked( wp_insert_comment( wp_slash( $fields + $usual ) ) );
}
