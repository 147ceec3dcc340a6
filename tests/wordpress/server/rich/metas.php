<?php
/** One post with every kind of meta row that a plugin may leave. */
function rich_metas(): int {
	global $wpdb;
	$id = rich_post( array( 'post_title' => 'Metas of all kinds' ) );
	foreach ( rich_meta_rows() as list( $key, $value ) ) {
		rich_meta( 'post', $id, $key, $value );
	}
	// Lengths counted in another encoding, as moved databases have them: no function stores it so.
	$broken = array( 'post_id' => $id, 'meta_key' => 'broken_serialized', 'meta_value' => 'a:1:{s:4:"name";s:5:"naïve";}' );
	rich_checked( $wpdb->insert( $wpdb->postmeta, $broken ) );
	return $id;
}

function rich_meta_rows(): array {
	$object        = new stdClass();
	$object->depth = 3;
	return array(
		array( 'plain', 'one value' ),
		array( 'many', 'first' ),
		array( 'many', 'second' ),
		array( 'many', 'first' ),
		array( 'empty', '' ),
		array( 'zero', '0' ),
		array( 'number', 1.5 ),
		array( 'yes', true ),
		array( 'serialized', array( 'list' => array( 1, 'two', 3.25, null, true ), 'text' => 'ø ]]> "quoted" \\' ) ),
		array( 'object', $object ),
		array( 'looks_serialized', 'a:1:{i:0;s:3:"one";}' ),
		array( 'starts_serialized', 'a:1:{i:0;s:3:"one";} and more' ),
		array( 'serialized_false', 'b:0;' ),
		array( 'odd', RICH_ODD ),
		array( 'odd', array( 'a' => array( RICH_ODD, 1, true ) ) ),
		array( '_protected', 'not for readers' ),
		array( '_edit_lock', '1500000000:1' ),
		array( 'a key with  blanks', 'v' ),
		array( 'a "quoted" \'key\' & <b>', 'v' ),
		array( 'a ]]> key', 'a ]]> value ]]>' ),
		array( ' blank key ', '  blank value  ' ),
		array( 'back\\slash', 'C:\\new\\table\\' ),
		array( '海', '夕日 ⛴' ),
		array( 'lines', "one\r\ntwo\rthree\nfour" ),
		array( 'blocks', '[{"name":"core/html","html":"\\u003cb\\u003e\\u0026"}]' ),
		array( 'yaml', "key: value\n- list # no comment" ),
		array( 'title', 'a meta named like a field' ),
		array( str_repeat( 'k', 255 ), 'the longest key' ),
	);
}
