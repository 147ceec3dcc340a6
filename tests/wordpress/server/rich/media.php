<?php
/** Attachments with real files, made on the spot, and posts that show them. */
function rich_attachments( array $users ): array {
	$owner = rich_post( array( 'post_title' => 'Owner of pictures', 'post_author' => $users['author'] ) );
	$media = array(
		'owner'     => $owner,
		'photo'     => rich_attach( 'photo.png', 60, $owner ),
		'photo_two' => rich_attach( 'photo.png', 70, $owner ),
		'scaled'    => rich_attach( 'wide.jpg', 2600, 0 ),
		'non_ascii' => rich_attach( 'Größe 海.png', 40, 0 ),
		'icon'      => rich_attach( 'icon.png', 512, 0 ),
		'text'      => rich_attach( 'timetable.txt', 0, $owner ),
	);
	$media['missing'] = rich_post( array( 'post_type' => 'attachment', 'post_status' => 'inherit', 'post_mime_type' => 'image/jpeg', 'post_title' => 'A film that nobody kept' ) );
	rich_checked( update_attached_file( $media['missing'], '2016/07/film & más.jpg' ) );
	rich_update( $media['photo'], array( 'post_title' => 'Pier ]]>', 'post_excerpt' => 'A caption ]]> & <b>more</b>', 'post_content' => "A description\r\nin two lines" ) );
	rich_meta( 'post', $media['photo'], '_wp_attachment_image_alt', 'The pier \\ "at dusk" ]]>' );
	rich_checked( set_post_thumbnail( $owner, $media['photo'] ) );
	$media['gallery'] = rich_gallery( $media['photo'], $media['photo_two'] );
	return $media;
}

function rich_attach( string $name, int $width, int $owner ): int {
	$file = wp_tempnam( $name );
	rich_write_file( $file, $name, $width );
	$dated = array( 'post_date' => '2018-04-01 10:00:00' );
	return rich_checked( media_handle_sideload( array( 'name' => $name, 'tmp_name' => $file ), $owner, null, $dated ) );
}

/** A square picture, or a strip where it is wider than 512 pixels, or text, as the name says. */
function rich_write_file( string $file, string $name, int $width ): void {
	if ( str_ends_with( $name, '.txt' ) ) {
		file_put_contents( $file, "07:00 first ferry\n" );
		return;
	}
	$picture = imagecreatetruecolor( $width, $width > 512 ? 40 : $width );
	imagefill( $picture, 0, 0, imagecolorallocate( $picture, 30, 90, 160 ) );
	str_ends_with( $name, '.png' ) ? imagepng( $picture, $file ) : imagejpeg( $picture, $file );
}

function rich_gallery( int $one, int $two ): int {
	$url  = wp_get_attachment_url( $one );
	$text = "<!-- wp:image {\"id\":$one,\"sizeSlug\":\"large\"} -->\n<figure class=\"wp-block-image\"><img src=\"$url\" class=\"wp-image-$one\"/></figure>\n<!-- /wp:image -->\n"
		. "<!-- wp:gallery {\"ids\":[$one,$two]} -->\n<figure></figure>\n<!-- /wp:gallery -->\n[gallery ids=\"$one,$two\"]\n[caption id=\"attachment_$two\"]x[/caption]";
	return rich_post( array( 'post_title' => 'A gallery', 'post_content' => $text ) );
}
