<?php
/**
 * Routes PHP's built-in server: files as they are, everything else to index.php,
 * and one line "METHOD PATH" in the request log for each request.
 */
file_put_contents(
	getenv( 'WPMIGRATE_REQUEST_LOG' ),
	$_SERVER['REQUEST_METHOD'] . ' ' . $_SERVER['REQUEST_URI'] . "\n",
	FILE_APPEND | LOCK_EX
);

$wpmigrate_path = rawurldecode( (string) strtok( $_SERVER['REQUEST_URI'], '?' ) );
if ( '/' !== $wpmigrate_path && file_exists( $_SERVER['DOCUMENT_ROOT'] . $wpmigrate_path ) ) {
	return false;
}

// The server names a path with a dot in it as the script; WordPress must see index.php.
$_SERVER['SCRIPT_NAME']     = '/index.php';
$_SERVER['PHP_SELF']        = '/index.php';
$_SERVER['SCRIPT_FILENAME'] = $_SERVER['DOCUMENT_ROOT'] . '/index.php';
unset( $_SERVER['PATH_INFO'] );
require $_SERVER['SCRIPT_FILENAME'];
