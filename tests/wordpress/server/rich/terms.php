<?php
/** Categories of three levels, tags, and terms of the own taxonomies, some with meta. */
function rich_terms(): array {
	$harbour = rich_term( 'category', 'Harbour', array( 'description' => "Ships & nets, \"]]>\"\r\nin two lines" ) );
	$museum  = rich_term( 'category', 'Museum' );
	$ferries = rich_term( 'category', 'Ferries', array( 'parent' => $harbour ) );
	$terms   = array(
		'harbour'       => $harbour,
		'museum'        => $museum,
		'ferries'       => $ferries,
		'timetables'    => rich_term( 'category', 'A timetable', array( 'parent' => $ferries ) ),
		'other_ferries' => rich_term( 'category', 'Ferries', array( 'parent' => $museum ) ),
		'other_slug'    => rich_term( 'category', 'Weather & wind', array( 'slug' => 'sky' ) ),
		'cjk'           => rich_term( 'category', '日没' ),
		'markers'       => rich_term( 'post_tag', 'a ]]> b \\ "c"', array( 'description' => ' blanks and \\ ]]> ' ) ),
		'zero'          => rich_term( 'post_tag', '0' ),
		'number'        => rich_term( 'post_tag', '2018' ),
		'emoji'         => rich_term( 'post_tag', '⛴ ferry' ),
		'unused'        => rich_term( 'post_tag', 'Nobody uses it' ),
	) + rich_own_terms();
	rich_term_metas( $terms );
	return $terms;
}

function rich_own_terms(): array {
	$warm   = rich_term( 'season', 'Warm' );
	$summer = rich_term( 'season', 'Summer', array( 'parent' => $warm ) );
	return array(
		'warm'      => $warm,
		'summer'    => $summer,
		// Its name sorts before its parent's: an export has to move it.
		'august'    => rich_term( 'season', 'August', array( 'parent' => $summer, 'description' => 'Late ]]> summer' ) ),
		'ingredient' => rich_term( 'ingredient', 'Dried cod' ),
	);
}

function rich_term_metas( array $terms ): void {
	rich_meta( 'term', $terms['harbour'], 'colour', 'blue' );
	rich_meta( 'term', $terms['harbour'], 'colour', 'grey ]]>' );
	rich_meta( 'term', $terms['harbour'], 'piers', array( 'north' => 2, 'south' => 'three' ) );
	rich_meta( 'term', $terms['emoji'], '_hidden', 'C:\\new' );
	rich_meta( 'term', $terms['summer'], 'months', array( 6, 7, 8 ) );
}
