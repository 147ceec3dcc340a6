<?php
/** Somebody of every role and of none; `subscriber` and `idle` write nothing. */
function rich_users(): array {
	$users = array( 'admin' => 1 );
	foreach ( array( 'editor', 'author', 'contributor', 'subscriber' ) as $role ) {
		$users[ $role ] = rich_user( $role, ucfirst( $role ) . ' of the island', $role );
	}
	$users['idle']      = rich_user( 'idle', 'Idle Hands', 'author' );
	$users['no_role']   = rich_user( 'no.role@example.org', 'No Role', '' );
	$users['backslash'] = rich_user( 'back-slash', 'Back\\slash O\'Neill', 'author' );
	$users['cjk']       = rich_user( 'umi', '海 太郎', 'author' );
	return $users;
}

function rich_user( string $login, string $name, string $role ): int {
	$words = explode( ' ', $name );
	$user  = array(
		'user_login'    => $login,
		'user_nicename' => sanitize_title( $login ),
		'user_pass'     => wp_generate_password(),
		'user_email'    => sanitize_title( $login ) . '@example.org',
		'display_name'  => $name,
		'first_name'    => $words[0],
		'last_name'     => end( $words ) . ' ]]> & Co',
		'description'   => 'Writes about ' . $login,
		'role'          => $role,
	);
	return rich_checked( wp_insert_user( wp_slash( $user ) ) );
}
