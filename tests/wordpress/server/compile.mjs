// Compiles the PHP file of the standard input with the PHP of a package @php-wasm/node-X-Y, whose
// X-Y is the argument; prints its version and what it said, which is "ok" where that is nothing.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const installed = createRequire( process.cwd() + '/' );
const load = ( name ) => import( pathToFileURL( installed.resolve( name ) ) );
const { PHP, loadPHPRuntime } = await load( '@php-wasm/universal' );
const { getPHPLoaderModule } = await load( `@php-wasm/node-${ process.argv[ 2 ] }` );
const php = new PHP( await loadPHPRuntime( await getPHPLoaderModule() ) );
php.writeFile( '/file.php', readFileSync( 0, 'utf8' ) );
const code = `<?php
	error_reporting( E_ALL );
	echo PHP_VERSION, "\\n";
	register_shutdown_function( function () {
		echo error_get_last()['message'] ?? 'ok';
	} );
	require '/file.php';`;
const told = await php.run( { code } ).catch( ( error ) => ( { text: String( error ) } ) );
process.stdout.write( told.text, () => process.exit( 0 ) );
