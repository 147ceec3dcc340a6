<?php
/**
 * Plugin Name:       wpmigrate companion
 * Description:       Lets wpmigrate move this site's content whole and fast. Delete it when the move is done.
 * Version:           1.0
 * Requires at least: 6.1
 * Requires PHP:      7.4
 * License:           MIT
 *
 * Works as a plugin and as a must-use plugin. All it adds is the REST routes below
 * /wp-json/wpmigrate/v1, for accounts that may import or export, and one table that remembers which
 * record became which post; DELETE on /keys, or deleting the plugin, takes the table away.
 *
 * A stream is one JSON object a line (NDJSON); records look as wpmigrate's own do: the columns of
 * WordPress's tables under their short names, every leaf a string, keys sorted, a zero date empty.
 *
 * Parts of this file: Routes (who may ask what), Stream (lines in and out), Tables (reading in bulk),
 * Snapshot and Digest (site to lines), Keys, Terms, Users, Options and Store (lines to site), Undo.
 */

namespace Wpmigrate\Companion;

defined( 'ABSPATH' ) || exit;

const VERSION   = '1.0';
const PROTOCOL  = 1;
const ROUTES    = 'wpmigrate/v1';
const PAGE      = 400;
const BYTES     = 2000000;
const ZERO_DATE = '0000-00-00 00:00:00';
const EXACT     = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_LINE_TERMINATORS;

/** A stored value as PHP sees it; objects stay what they are, nothing of their class is run. */
function plain( string $stored ) {
	return is_serialized( $stored ) ? @unserialize( trim( $stored ), array( 'allowed_classes' => false ) ) : $stored; // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions,Generic.PHP.NoSilencedErrors -- no classes; a notice would stand in the stream.
}

/** Whether nobody can read a serialized value, as after a search and replace that minds no lengths. */
function is_broken( string $stored ): bool {
	return false === plain( $stored ) && 'b:0;' !== trim( $stored );
}

/** The routes, and who may use them: visitors and subscribers get nothing. */
final class Routes {

	public static function register(): void {
		$import = array( self::class, 'may_import' );
		$export = array( self::class, 'may_export' );
		self::route( '/capabilities', 'GET', 'capabilities', array( self::class, 'may_either' ) );
		self::route( '/snapshot', 'GET', 'snapshot', $export );
		self::route( '/digest', 'GET', 'digest', $export );
		self::route( '/records', 'POST', 'records', $import );
		self::route( '/records/(?P<id>[0-9]+)', 'DELETE', 'remove', $import );
		self::route( '/options/(?P<id>[0-9]+)', 'DELETE', 'remove_option', array( self::class, 'may_import_options' ) );
		self::route( '/files', 'POST', 'files', array( self::class, 'may_upload' ) );
		self::route( '/undo', 'POST', 'undo', $import );
		self::route( '/keys', 'DELETE', 'forget', $import );
	}

	private static function route( string $path, string $methods, string $callback, array $permission ): void {
		$callback = array( self::class, $callback );
		register_rest_route( ROUTES, $path, array( 'methods' => $methods, 'callback' => $callback, 'permission_callback' => $permission ) );
	}

	/** Core asks for `export` before it hands out everything, drafts and e-mail addresses included. */
	public static function may_export(): bool {
		return current_user_can( 'export' );
	}

	/** The rights of each type are asked for again, record by record; this is the least of all. */
	public static function may_import(): bool {
		return current_user_can( 'import' ) && current_user_can( 'edit_others_posts' );
	}

	public static function may_upload(): bool {
		return self::may_import() && current_user_can( 'upload_files' );
	}

	public static function may_import_options(): bool {
		return self::may_import() && Options::may();
	}

	public static function may_either(): bool {
		return self::may_import() || self::may_export();
	}

	public static function capabilities(): array {
		global $wpdb, $wp_version;
		return array(
			'protocol'     => PROTOCOL,
			'version'      => VERSION,
			'wordpress'    => $wp_version,
			'php'          => PHP_VERSION,
			'engine'       => Tables::engine(),
			'transactions' => Tables::has_transactions(),
			'import'       => self::may_import(),
			'export'       => self::may_export(),
			'fast'         => Store::may_be_fast(),
			'options'      => Options::may(),
			'largest'      => wp_convert_hr_to_bytes( ini_get( 'post_max_size' ) ),
			'types'        => array_values( get_post_types() ),
			'hierarchical' => array_values( get_post_types( array( 'hierarchical' => true ) ) ),
			'taxonomies'   => array_values( get_taxonomies() ),
		);
	}

	public static function snapshot( \WP_REST_Request $request ): \WP_REST_Response {
		$options = self::listed( $request, 'options' );
		$ids     = self::listed( $request, 'ids' );
		return Stream::out( $ids ? Snapshot::of_ids( $ids, $options ) : Snapshot::lines( (int) $request['after'], self::listed( $request, 'types' ), self::listed( $request, 'fields' ), $options ) );
	}

	public static function digest( \WP_REST_Request $request ): \WP_REST_Response {
		return Stream::out( Digest::lines( (int) $request['after'], self::listed( $request, 'types' ), self::listed( $request, 'fields' ) ) );
	}

	public static function records( \WP_REST_Request $request ): \WP_REST_Response {
		$store = new Store( (string) $request['run'], ! empty( $request['fast'] ) && Store::may_be_fast(), ! empty( $request['digest'] ) );
		$gzip  = 'gzip' === $request->get_header( 'content_encoding' );
		return Stream::out( $store->answers( Stream::in( $gzip ) ) );
	}

	/** One file of an attachment, to where it lay on its old site; or the smaller pictures of one that is there. */
	public static function files( \WP_REST_Request $request ) {
		try {
			return $request['sizes'] ? Files::make_sizes( (int) $request['sizes'] ) : array( 'status' => Files::store( $request->get_file_params()['file'] ?? array(), (string) $request['path'], (string) $request['sha256'] ) );
		} catch ( \RuntimeException $error ) {
			return new \WP_Error( 'wpmigrate_file', $error->getMessage(), array( 'status' => 400 ) );
		}
	}

	public static function undo( \WP_REST_Request $request ): \WP_REST_Response {
		return Stream::out( Undo::lines( (string) $request['run'], ! empty( $request['force'] ) ) );
	}

	/** One post, into the trash or away for good. */
	public static function remove( \WP_REST_Request $request ) {
		$gone = Undo::post( (int) $request['id'], ! empty( $request['force'] ) && 'false' !== $request['force'] );
		return $gone ? array( 'gone' => true ) : new \WP_Error( 'rest_cannot_delete', 'You may not delete it, or it cannot be.', array( 'status' => 403 ) );
	}

	/** One option, by its number in wp_options. */
	public static function remove_option( \WP_REST_Request $request ) {
		try {
			Options::remove( (int) $request['id'] );
			return array( 'gone' => true );
		} catch ( \RuntimeException $error ) {
			return new \WP_Error( 'wpmigrate_option', $error->getMessage(), array( 'status' => 403 ) );
		}
	}

	/** What is remembered of a run that is over, or of all. */
	public static function forget( \WP_REST_Request $request ): array {
		'' === (string) $request['run'] ? Keys::drop() : Keys::end( (string) $request['run'] );
		return array( 'forgotten' => true );
	}

	private static function listed( \WP_REST_Request $request, string $name ): array {
		return array_values( array_filter( explode( ',', (string) $request[ $name ] ), 'strlen' ) );
	}
}

/** Lines in and lines out, neither of them ever held whole. */
final class Stream {

	private const BLOCK  = 65536;
	private const PACKED = 4096; // a thousand times as much may come out of it.

	/** WordPress would read the whole body before it asks us: leave the body of our streams alone. */
	public static function keep_body(): void {
		$asked = ( $_SERVER['REQUEST_URI'] ?? '' ) . ( $_GET['rest_route'] ?? '' ); // phpcs:ignore WordPress.Security -- only looked at.
		if ( false !== strpos( $asked, ROUTES . '/records' ) ) {
			$GLOBALS['HTTP_RAW_POST_DATA'] = '';
		}
	}

	/** Bytes => object of each line of the request's body. A line that is no object is given as null. */
	public static function in( bool $gzip ): \Generator {
		$body    = fopen( 'php://input', 'rb' );
		$inflate = $gzip ? inflate_init( ZLIB_ENCODING_GZIP ) : null;
		$line    = '';
		while ( ! feof( $body ) ) {
			$block = (string) fread( $body, $gzip ? self::PACKED : self::BLOCK );
			$parts = explode( "\n", $gzip ? (string) inflate_add( $inflate, $block ) : $block );
			$line .= array_shift( $parts );
			foreach ( $parts as $part ) {
				yield strlen( $line ) => json_decode( $line, true );
				$line = $part;
			}
		}
		if ( '' !== $line ) {
			yield strlen( $line ) => json_decode( $line, true );
		}
	}

	/** An answer whose body is written line by line, after WordPress has checked who is asking. */
	public static function out( \Generator $lines ): \WP_REST_Response {
		add_filter(
			'rest_pre_serve_request',
			function () use ( $lines ) {
				self::write( $lines );
				return true;
			},
			PHP_INT_MAX
		);
		$response = new \WP_REST_Response();
		$response->header( 'Content-Type', 'application/x-ndjson; charset=UTF-8' );
		return $response;
	}

	private static function write( \Generator $lines ): void {
		while ( ob_get_level() && ob_end_clean() ) {
			continue;
		}
		ini_set( 'zlib.output_compression', '0' ); // phpcs:ignore WordPress.PHP.IniSet -- we pack it ourselves.
		ini_set( 'display_errors', '0' ); // phpcs:ignore WordPress.PHP.IniSet -- a plugin's notice would stand amid the lines.
		nocache_headers();
		add_filter( 'rest_send_nocache_headers', '__return_false', PHP_INT_MAX ); // sent above, before the first byte.
		$gzip = false !== strpos( $_SERVER['HTTP_ACCEPT_ENCODING'] ?? '', 'gzip' ) ? deflate_init( ZLIB_ENCODING_GZIP, array( 'level' => 1 ) ) : null;
		if ( $gzip ) {
			header( 'Content-Encoding: gzip' );
		}
		$block = '';
		try {
			foreach ( $lines as $line ) {
				$block .= $line . "\n";
				if ( strlen( $block ) >= self::BLOCK ) {
					echo $gzip ? deflate_add( $gzip, $block, ZLIB_NO_FLUSH ) : $block; // phpcs:ignore WordPress.Security.EscapeOutput -- JSON.
					$block = '';
				}
			}
		} catch ( \Throwable $error ) {
			$block .= json_encode( array( 'kind' => 'error', 'message' => $error->getMessage() ), EXACT | JSON_INVALID_UTF8_SUBSTITUTE ) . "\n";
		}
		echo $gzip ? deflate_add( $gzip, $block, ZLIB_FINISH ) : $block; // phpcs:ignore WordPress.Security.EscapeOutput -- JSON.
	}
}

/** Reading the tables a page at a time, with one query for each kind of row. */
final class Tables {

	private const FIRST   = 50; // posts of a site of whose sizes nothing is known yet.
	private const HELD    = 20; // the same where WordPress's own query() has to be asked, which holds an answer whole.
	private const VALUES  = 400; // of one statement: to prepare many costs more than to execute a few times.
	private const ROW     = 1000; // bytes that one takes, whatever stands in it.
	private const SAID    = 9;
	private const TEXTS   = array( 'post_content', 'post_excerpt', 'post_title' );
	private const COMMENT = array( 'comment_post_ID', 'comment_ID', 'comment_author', 'comment_author_email', 'comment_author_url', 'comment_author_IP', 'comment_agent', 'comment_date', 'comment_date_gmt', 'comment_content', 'comment_approved', 'comment_type', 'comment_parent', 'user_id' );

	/** Field of a record => its column; what is none, or more than that, is said otherwise. The order makes a record's JSON canonical. */
	public const FIELDS = array(
		'attachment_url' => '',
		'author'         => '',
		'comment_status' => 'comment_status',
		'comments'       => '',
		'content'        => 'post_content',
		'content_format' => '',
		'date'           => 'post_date',
		'date_gmt'       => 'post_date_gmt',
		'excerpt'        => 'post_excerpt',
		'guid'           => 'guid',
		'id'             => '',
		'link'           => '',
		'menu_order'     => 'menu_order',
		'meta'           => '',
		'modified'       => 'post_modified',
		'modified_gmt'   => 'post_modified_gmt',
		'parent'         => 'post_parent',
		'password'       => 'post_password',
		'ping_status'    => 'ping_status',
		'pinged'         => 'pinged',
		'slug'           => 'post_name',
		'status'         => 'post_status',
		'sticky'         => '',
		'terms'          => '',
		'title'          => 'post_title',
		'to_ping'        => 'to_ping',
		'type'           => 'post_type',
	);

	/** What isn't a record's own, but may be asked for by those who make addresses of posts. */
	private const BESIDES = array( 'post_mime_type', 'comment_count' );

	public static function engine(): string {
		if ( defined( 'DB_ENGINE' ) && 'sqlite' === DB_ENGINE ) {
			return 'sqlite';
		}
		global $wpdb;
		return false !== stripos( $wpdb->db_server_info(), 'mariadb' ) ? 'mariadb' : 'mysql';
	}

	/** MyISAM, still found on old hosts, has none; SQLite always does. */
	public static function has_transactions(): bool {
		global $wpdb;
		static $known = null;
		if ( null === $known ) {
			$known = 'sqlite' === self::engine() || 'InnoDB' === $wpdb->get_var(
				$wpdb->prepare( 'SELECT ENGINE FROM information_schema.TABLES WHERE TABLE_SCHEMA = %s AND TABLE_NAME = %s', $wpdb->dbname, $wpdb->posts )
			);
		}
		return $known;
	}

	/** The posts of these ids, as rows in the order of the ids. */
	public static function posts_of( array $ids ): array {
		$list    = self::numbers( $ids );
		$columns = self::columns( self::FIELDS );
		return $list ? self::named( $columns, self::rows( self::select_posts( $columns ) . "WHERE ID IN ($list) ORDER BY ID" ) ) : array();
	}

	/** The columns of which these fields are made: all of them where addresses are, which plugins may make of any. */
	private static function columns( array $fields ): array {
		$always = isset( $fields['link'] ) ? array_merge( self::FIELDS, self::BESIDES ) : array( 'post_type' );
		return array_values( array_unique( array_merge( array( 'ID', 'post_author' ), array_filter( $fields ), array_filter( $always ) ) ) );
	}

	/** Which posts are a site: of these types, else of all that WordPress exports; auto-drafts are nobody's. */
	public static function of_types( array $types ): string {
		$kept  = $types ? self::kept_types() : get_post_types( array( 'can_export' => false ) );
		$types = array_map( 'sanitize_key', $types );
		$where = $types ? 'AND post_type IN (' . self::texts( $types ) . ')' : '';
		return "post_status <> 'auto-draft' $where" . self::but_for( $kept );
	}

	/** Which posts have these IDs. */
	public static function of_ids( array $ids ): string {
		return 'ID IN (' . self::numbers( array_merge( $ids, array( 0 ) ) ) . ')' . self::but_for( self::kept_types() );
	}

	private static function but_for( array $types ): string {
		return $types ? ' AND post_type NOT IN (' . self::texts( $types ) . ')' : '';
	}

	/** Types of which this account gets nothing: WordPress exports none of them, and it may not edit other people's. */
	private static function kept_types(): array {
		return array_filter(
			get_post_types( array( 'can_export' => false ) ),
			function ( string $type ): bool {
				$cap    = get_post_type_object( $type )->cap;
				$rights = array( $cap->edit_others_posts, $cap->read_private_posts );
				'user_request' === $type && $rights[] = 'export_others_personal_data'; // whoever handles these has a right of its own.
				return array_filter( $rights, 'current_user_can' ) !== $rights;
			}
		);
	}

	/** Posts after an ID, as rows with what these fields are made of, a few megabytes at a time. */
	public static function pages( string $where, int $after, array $fields ): \Generator {
		$direct  = self::pdo() || self::mysqli();
		$most    = $direct ? self::FIRST : self::HELD;
		$columns = self::columns( $fields );
		$texts   = array_keys( array_intersect( $columns, self::TEXTS ) );
		do {
			$found = array();
			$bytes = 1;
			foreach ( self::each( self::select_posts( $columns ) . "WHERE ID > $after AND $where ORDER BY ID LIMIT $most" ) as $row ) {
				$found[] = $row;
				foreach ( $texts as $text ) {
					$bytes += strlen( $row[ $text ] );
				}
				if ( $bytes > BYTES ) {
					break;
				}
			}
			$count = count( $found );
			if ( $found ) {
				yield self::named( $columns, $found );
				$after = (int) $found[ $count - 1 ][0];
			}
			$ended = $bytes <= BYTES && $count < $most;
			$most  = min( $direct ? PAGE : self::HELD, 2 * $count, 1 + intdiv( $count * BYTES, $bytes ) ); // what isn't taken of an answer is read all the same.
		} while ( ! $ended );
	}

	private static function select_posts( array $columns ): string {
		global $wpdb;
		return 'SELECT ' . implode( ', ', $columns ) . " FROM $wpdb->posts ";
	}

	private static function numbers( array $ids ): string {
		return implode( ',', array_map( 'intval', $ids ) );
	}

	/** WordPress's own connection, where no plugin chooses one among several. */
	private static function mysqli(): ?\mysqli {
		global $wpdb;
		return 'wpdb' === get_class( $wpdb ) && $wpdb->dbh instanceof \mysqli ? $wpdb->dbh : null;
	}

	/** SQLite itself, behind the plugin that translates each statement in PHP. */
	private static function pdo(): ?\PDO {
		global $wpdb;
		return is_callable( array( $wpdb->dbh, 'get_pdo' ) ) ? $wpdb->dbh->get_pdo() : null;
	}

	/** What a SELECT that every engine understands gives, each row a list of texts: past WordPress's own query() where that can be. */
	public static function rows( string $select ): array {
		global $wpdb;
		$pdo    = self::pdo();
		$mysqli = self::mysqli();
		if ( $pdo ) {
			return $pdo->query( $select )->fetchAll( \PDO::FETCH_NUM );
		}
		if ( ! $mysqli ) {
			return $wpdb->get_results( $select, ARRAY_N ); // phpcs:ignore WordPress.DB.PreparedSQL -- whoever calls has escaped it.
		}
		$found = mysqli_query( $mysqli, $select ); // phpcs:ignore WordPress.DB.RestrictedFunctions -- see above.
		$found || self::fail( mysqli_error( $mysqli ) ); // phpcs:ignore WordPress.DB.RestrictedFunctions -- see above.
		return mysqli_fetch_all( $found ); // phpcs:ignore WordPress.DB.RestrictedFunctions -- see above.
	}

	/** The same row by row; where WordPress's own query() has to be asked, after all of them have come. */
	private static function each( string $select ): \Generator {
		$pdo    = self::pdo();
		$mysqli = self::mysqli();
		if ( $pdo ) {
			$found = $pdo->query( $select, \PDO::FETCH_NUM );
			foreach ( $found as $row ) {
				yield $row;
			}
			return;
		}
		if ( ! $mysqli ) {
			yield from self::rows( $select );
			return;
		}
		$found = mysqli_query( $mysqli, $select, MYSQLI_USE_RESULT ); // phpcs:ignore WordPress.DB.RestrictedFunctions -- see above.
		$found || self::fail( mysqli_error( $mysqli ) ); // phpcs:ignore WordPress.DB.RestrictedFunctions -- see above.
		try {
			while ( $row = mysqli_fetch_row( $found ) ) { // phpcs:ignore WordPress.DB.RestrictedFunctions,Generic.CodeAnalysis.AssignmentInCondition,WordPress.CodeAnalysis.AssignmentInCondition -- see above.
				yield $row;
			}
		} finally {
			mysqli_free_result( $found ); // phpcs:ignore WordPress.DB.RestrictedFunctions -- see above.
		}
	}

	/** Rows with the names of their columns. */
	private static function named( array $columns, array $rows ): array {
		foreach ( $rows as $place => $row ) {
			$rows[ $place ] = array_combine( $columns, $row );
		}
		return $rows;
	}

	/** Stores rows, past WordPress's own query() where that can be; `REPLACE` takes the place of what has the same primary key. */
	public static function insert( string $table, array $columns, array $rows, string $verb = 'INSERT' ): void {
		global $wpdb;
		$into   = "$verb INTO $table (" . implode( ', ', $columns ) . ') VALUES ';
		$tuple  = '(' . implode( ', ', array_fill( 0, count( $columns ), '?' ) ) . ')';
		$pdo    = self::pdo();
		$mysqli = self::mysqli();
		if ( $pdo && $rows ) {
			$statement = $pdo->prepare( $into . $tuple );
			foreach ( $rows as $row ) {
				$statement->execute( $row );
			}
			return;
		}
		foreach ( array_chunk( $rows, intdiv( self::VALUES, count( $columns ) ) ) as $some ) {
			$values = array_merge( ...$some );
			$tuples = implode( ',', array_fill( 0, count( $some ), $tuple ) );
			if ( ! $mysqli || ! self::executed( $mysqli, $into . $tuples, $values ) ) {
				$tuples = $wpdb->prepare( str_replace( '?', '%s', $tuples ), $values ); // phpcs:ignore WordPress.DB.PreparedSQL -- nothing but placeholders.
				false !== $wpdb->query( $into . $tuples ) || self::fail( $wpdb->last_error ); // phpcs:ignore WordPress.DB.PreparedSQL -- see above.
			}
		}
	}

	/** Executes a statement whose values go beside it, so that neither side has to quote them; false where some proxy takes none. */
	private static function executed( \mysqli $mysqli, string $statement, array $values ): bool {
		static $prepared = array();
		$known = spl_object_id( $mysqli ) . $statement;
		if ( ! isset( $prepared[ $known ] ) ) {
			$prepared[ $known ] = mysqli_prepare( $mysqli, $statement ); // phpcs:ignore WordPress.DB.RestrictedFunctions -- see above.
		}
		if ( ! $prepared[ $known ] ) {
			return false;
		}
		$types = '';
		foreach ( $values as $value ) {
			$types .= is_int( $value ) ? 'i' : 's';
		}
		$prepared[ $known ]->bind_param( $types, ...$values );
		$prepared[ $known ]->execute() || self::fail( $prepared[ $known ]->error );
		return true;
	}

	private static function fail( string $reason ): void {
		throw new \RuntimeException( "the database refused it: $reason" );
	}

	/** The rows that hang on posts, which they begin with, in the order of `ids`: a few megabytes of `text`, those of the last post whole; `ids` are then the posts of which all came. */
	private static function hanging( string $select, int $text, array &$ids ): array {
		$rows  = array();
		$bytes = 0;
		$last  = 0;
		foreach ( self::each( $select ) as $row ) {
			if ( $bytes > BYTES && $row[0] !== $last ) {
				$next = (int) $row[0];
				$ids  = array_filter(
					$ids,
					function ( $id ) use ( $next ): bool {
						return (int) $id < $next;
					}
				);
				break;
			}
			$last   = $row[0];
			$bytes += self::ROW + strlen( (string) $row[ $text ] );
			$rows[] = $row;
		}
		return $rows;
	}

	/** Whether a column has one of these numbers, which are in order; where they lie close together others between them may come too. */
	private static function among( string $column, array $ids ): string {
		$first = (int) reset( $ids );
		$last  = (int) end( $ids );
		return $last - $first < 2 * count( $ids ) ? "$column BETWEEN $first AND $last" : "$column IN (" . self::numbers( $ids ) . ')';
	}

	/** Object id => its metas, [ [ id, key, value ] … ] in the order in which they were added. */
	public static function metas( string $kind, array $ids ): array {
		return $ids ? self::by_object( self::rows( self::select_metas( $kind, "{$kind}_id IN (" . self::numbers( $ids ) . ')' ) ) ) : array();
	}

	/** The same of posts, as far as `hanging` goes. */
	public static function metas_of_posts( array &$ids ): array {
		return self::by_object( self::hanging( self::select_metas( 'post', self::among( 'post_id', $ids ) ), 2, $ids ) );
	}

	private static function select_metas( string $kind, string $where ): string {
		return "SELECT {$kind}_id, meta_key, meta_value FROM " . _get_meta_table( $kind ) . " WHERE $where ORDER BY {$kind}_id, meta_id";
	}

	private static function by_object( array $rows ): array {
		$metas = array();
		foreach ( $rows as $row ) {
			$metas[ $row[0] ][] = $row;
		}
		return $metas;
	}

	/** Metas as records say them: [ { key, value } … ]. */
	public static function said( array $metas ): array {
		$said = array();
		foreach ( $metas as list( , $key, $value ) ) {
			$said[] = array( 'key' => (string) $key, 'value' => (string) $value );
		}
		return $said;
	}

	/** Post id => the terms that it carries, in their order. A join would have the database read all terms of the site for each page. */
	public static function terms( array $ids ): array {
		global $wpdb;
		$related = self::rows( "SELECT object_id, term_taxonomy_id, term_order FROM $wpdb->term_relationships WHERE " . self::among( 'object_id', $ids ) );
		$list    = self::numbers( array_unique( array_column( $related, 1 ) ) );
		$terms   = array();
		$places  = array();
		foreach ( $list ? self::rows( "SELECT x.term_taxonomy_id, x.taxonomy, t.name, t.slug FROM $wpdb->term_taxonomy x JOIN $wpdb->terms t ON t.term_id = x.term_id WHERE x.term_taxonomy_id IN ($list) AND x.taxonomy <> 'link_category' ORDER BY x.taxonomy, t.name, t.term_id" ) : array() as $place => $row ) {
			$terms[ $row[0] ]  = array( 'ancestors' => array(), 'name' => self::term_name( $row[1], $row[2], $row[3] ), 'slug' => $row[3], 'taxonomy' => $row[1] );
			$places[ $row[0] ] = $place;
		}
		$of_posts = array();
		foreach ( $related as list( $post, $relation, $order ) ) {
			if ( isset( $terms[ $relation ] ) ) {
				$of_posts[ $post ][ $order * count( $terms ) + $places[ $relation ] ] = $terms[ $relation ];
			}
		}
		foreach ( $of_posts as $post => $carried ) {
			ksort( $carried );
			$of_posts[ $post ] = array_values( $carried );
		}
		return $of_posts;
	}

	/** WordPress shows the names of post formats itself, whatever the table holds. */
	private static function term_name( string $taxonomy, string $name, string $slug ): string {
		return 'post_format' === $taxonomy ? get_post_format_string( substr( $slug, strlen( 'post-format-' ) ) ) : $name;
	}

	/** Post id => its comments of every state, with their metas, as far as `hanging` goes. */
	public static function comments( array &$ids ): array {
		global $wpdb;
		$select   = 'SELECT ' . implode( ', ', self::COMMENT ) . " FROM $wpdb->comments WHERE " . self::among( 'comment_post_ID', $ids ) . ' ORDER BY comment_post_ID, comment_ID';
		$rows     = self::named( self::COMMENT, self::hanging( $select, self::SAID, $ids ) );
		$metas    = self::metas( 'comment', array_column( $rows, 'comment_ID' ) );
		$comments = array();
		foreach ( $rows as $row ) {
			$agent = '' === $row['comment_agent'] ? array() : array( 'agent' => $row['comment_agent'] );

			$comments[ $row['comment_post_ID'] ][] = $agent + array(
				'approved'     => $row['comment_approved'],
				'author'       => $row['comment_author'],
				'author_email' => $row['comment_author_email'],
				'author_ip'    => $row['comment_author_IP'],
				'author_url'   => $row['comment_author_url'],
				'content'      => $row['comment_content'],
				'date'         => self::date( $row['comment_date'] ),
				'date_gmt'     => self::date( $row['comment_date_gmt'] ),
				'id'           => (string) $row['comment_ID'],
				'meta'         => $metas[ $row['comment_ID'] ] ?? array(),
				'parent'       => (string) $row['comment_parent'],
				'type'         => $row['comment_type'],
				'user_id'      => (string) $row['user_id'],
			);
		}
		return $comments;
	}

	public static function date( string $stored ): string {
		return ZERO_DATE === $stored ? '' : $stored;
	}

	public static function texts( array $values ): string {
		return "'" . implode( "','", esc_sql( $values ) ) . "'";
	}

	/** Whoever wrote something; a shop has more customers than authors. */
	public static function authors(): \Generator {
		global $wpdb;
		$ids = $wpdb->get_col( "SELECT DISTINCT post_author FROM $wpdb->posts WHERE post_status <> 'auto-draft' AND post_author <> 0 ORDER BY post_author" );
		foreach ( array_chunk( $ids, PAGE ) as $some ) {
			yield from get_users( array( 'blog_id' => 0, 'include' => $some, 'orderby' => 'ID' ) );
			self::forget_page();
		}
	}

	/** Terms of this condition with the slugs above them, as rows, in the order in which they were made; those of taxonomies whose plugin is gone too. */
	public static function all_terms( string $where ): \Generator {
		global $wpdb;
		$after = 0;
		do {
			$rows = self::named(
				array( 'relation', 'id', 'name', 'slug', 'taxonomy', 'description', 'above', 'parent' ),
				self::rows(
					"SELECT x.term_taxonomy_id, t.term_id, t.name, t.slug, x.taxonomy, x.description, x.parent, p.slug FROM $wpdb->term_taxonomy x JOIN $wpdb->terms t ON t.term_id = x.term_id
					LEFT JOIN $wpdb->term_taxonomy y ON y.term_id = x.parent AND y.taxonomy = x.taxonomy LEFT JOIN $wpdb->terms p ON p.term_id = y.term_id
					WHERE x.term_taxonomy_id > $after AND x.taxonomy <> 'link_category' AND $where ORDER BY x.term_taxonomy_id LIMIT " . PAGE
				)
			);
			yield from $rows;
			$after = (int) ( end( $rows )['relation'] ?? 0 );
		} while ( count( $rows ) === PAGE );
	}

	/** What an object cache would keep of a page is of no use for the next one. */
	public static function forget_page(): void {
		if ( function_exists( 'wp_cache_supports' ) && wp_cache_supports( 'flush_runtime' ) ) {
			wp_cache_flush_runtime();
		}
	}
}

/** The site as lines: what WXR holds and what it doesn't. */
final class Snapshot {

	private const DATES    = array( 'date', 'date_gmt', 'modified', 'modified_gmt' );
	private const OPTIONAL = array( 'attachment_url' => null, 'pinged' => '', 'to_ping' => '' ); // left out of a record that has none.

	/**
	 * The site, its authors and terms first unless a stream is gone on with; then posts by ID.
	 *
	 * Where `fields` are named, a post is these alone, with the digest of all that is left out.
	 */
	public static function lines( int $after, array $types, array $fields, array $options ): \Generator {
		if ( ! $after ) {
			yield from self::head( $options );
		}
		$asked = array_flip( $fields );
		foreach ( self::records( $after, $types, $fields ? Digest::of_whole() + $asked : Tables::FIELDS ) as $id => $record ) {
			$after = $id;
			$line  = array( 'kind' => 'post', 'record' => self::said( $fields ? array_intersect_key( $record, $asked ) : $record ) );
			yield self::json( $fields ? array( 'digest' => Digest::whole( $record ) ) + $line : $line );
		}
		yield self::json( array( 'after' => (string) $after, 'kind' => 'end' ) );
	}

	/** The posts of these ids, whatever their type, after the options of these names. */
	public static function of_ids( array $ids, array $options ): \Generator {
		yield from self::options( $options );
		foreach ( self::of_pages( Tables::of_ids( $ids ), 0, Tables::FIELDS ) as $record ) {
			yield self::json( array( 'kind' => 'post', 'record' => self::said( $record ) ) );
		}
		yield self::json( array( 'after' => '0', 'kind' => 'end' ) );
	}

	/** ID => record of each post after an ID, with the fields that are the keys of `asked`; its metas are rows. */
	public static function records( int $after, array $types, array $asked ): \Generator {
		return self::of_pages( Tables::of_types( $types ), $after, array_intersect_key( Tables::FIELDS, $asked ) );
	}

	private static function of_pages( string $where, int $after, array $fields ): \Generator {
		foreach ( Tables::pages( $where, $after, $fields ) as $rows ) {
			yield from self::of_rows( $rows, $fields );
			if ( isset( $fields['link'] ) || in_array( 'attachment', array_column( $rows, 'post_type' ), true ) ) {
				Tables::forget_page(); // else WordPress was asked nothing that it would keep.
			}
		}
	}

	/** ID => record of these posts, which are in the order of their IDs. */
	public static function of_rows( array $rows, array $fields ): \Generator {
		$dates  = array_intersect( self::DATES, array_keys( $fields ) );
		$sticky = isset( $fields['sticky'] ) ? array_fill_keys( array_map( 'intval', (array) get_option( 'sticky_posts', array() ) ), 'true' ) : array();
		$most   = count( $rows );
		while ( $rows ) {
			$ids   = array_column( array_slice( $rows, 0, $most ), 'ID' );
			$lists = array( 'sticky' => $sticky );

			$lists['meta']     = isset( $fields['meta'] ) || isset( $fields['attachment_url'] ) ? Tables::metas_of_posts( $ids ) : array();
			$lists['comments'] = isset( $fields['comments'] ) ? Tables::comments( $ids ) : array();
			$lists['terms']    = isset( $fields['terms'] ) ? Tables::terms( $ids ) : array();
			isset( $fields['link'] ) && self::remember_terms( $ids );
			foreach ( array_splice( $rows, 0, count( $ids ) ) as $row ) {
				$id = (int) $row['ID'];
				isset( $fields['attachment_url'] ) && 'attachment' === $row['post_type'] && self::remember_metas( $id, $lists['meta'][ $id ] ?? array() );
				yield $id => self::record( $row, $fields, $lists, $dates );
			}
			$most = 2 * count( $ids );
		}
	}

	/** A record with its keys in order; addresses to ping where there are some. */
	private static function record( array $row, array $fields, array $lists, array $dates ): array {
		$record = array();
		foreach ( $fields as $field => $column ) {
			if ( '' !== $column ) {
				$record[ $field ] = (string) $row[ $column ];
			} elseif ( isset( $lists[ $field ] ) ) {
				$record[ $field ] = $lists[ $field ][ $row['ID'] ] ?? ( 'sticky' === $field ? 'false' : array() );
			} else {
				$record[ $field ] = self::other( $field, $row );
			}
		}
		foreach ( $dates as $date ) {
			$record[ $date ] = Tables::date( $record[ $date ] );
		}
		foreach ( self::OPTIONAL as $field => $none ) {
			if ( isset( $fields[ $field ] ) && $record[ $field ] === $none ) {
				unset( $record[ $field ] );
			}
		}
		return $record;
	}

	/** What a row alone doesn't say. */
	private static function other( string $field, array $row ) {
		switch ( $field ) {
			case 'attachment_url':
				return 'attachment' === $row['post_type'] ? (string) wp_get_attachment_url( (int) $row['ID'] ) : null;
			case 'author':
				return self::author( (int) $row['post_author'] );
			case 'id':
				return (string) $row['ID'];
			case 'link':
				return self::link( $row );
		}
		return 'html'; // the format of contents.
	}

	/** A record as its line says it. */
	private static function said( array $record ): array {
		if ( isset( $record['meta'] ) ) {
			$record['meta'] = Tables::said( $record['meta'] );
		}
		foreach ( $record['comments'] ?? array() as $place => $comment ) {
			$record['comments'][ $place ]['meta'] = Tables::said( $comment['meta'] );
		}
		return $record;
	}

	/** Addresses that name categories ask for them post by post, unless WordPress has them already. */
	private static function remember_terms( array $ids ): void {
		if ( false !== strpos( (string) get_option( 'permalink_structure' ), '%category%' ) ) {
			update_object_term_cache( $ids, 'post' );
		}
	}

	/** The address of a post; of one that isn't said to be raw already WordPress reads the row once more. */
	private static function link( array $row ): string {
		$post         = new \WP_Post( sanitize_post( (object) $row, 'raw' ) );
		$post->filter = 'raw';
		return (string) get_permalink( $post );
	}

	/** A line of a value; text that is no UTF-8, which only SQLite lets in, is named and mended. */
	public static function json( array $value ): string {
		$line = json_encode( $value, EXACT );
		if ( false === $line ) {
			$line = json_encode( $value + array( 'not_utf8' => 'true' ), EXACT | JSON_INVALID_UTF8_SUBSTITUTE );
		}
		return (string) $line;
	}

	private static function head( array $options ): \Generator {
		$site = array(
			'description' => wp_specialchars_decode( get_option( 'blogdescription' ), ENT_QUOTES ),
			'language'    => get_bloginfo( 'language' ),
			'network_url' => is_multisite() ? network_home_url() : home_url(),
			'title'       => wp_specialchars_decode( get_option( 'blogname' ), ENT_QUOTES ),
			'url'         => home_url(),
		);
		yield self::json( array( 'kind' => 'site', 'record' => $site ) );
		foreach ( Tables::authors() as $user ) {
			$author = array(
				'display_name' => $user->display_name,
				'email'        => $user->user_email,
				'first_name'   => $user->first_name,
				'id'           => (string) $user->ID,
				'last_name'    => $user->last_name,
				'login'        => $user->user_login,
			);
			yield self::json( array( 'kind' => 'author', 'record' => $author ) );
		}
		yield from self::terms();
		yield from self::options( $options );
	}

	private static function options( array $names ): \Generator {
		foreach ( Options::held( $names ) as $option ) {
			yield self::json( array( 'kind' => 'option', 'record' => $option ) );
		}
	}

	/** All terms, parents first. */
	private static function terms(): \Generator {
		yield from self::of_terms( Tables::all_terms( 'x.parent = 0' ) );
		$by_id = array();
		foreach ( Tables::all_terms( 'x.parent <> 0' ) as $row ) {
			$by_id[ $row['taxonomy'] ][ $row['id'] ] = $row;
		}
		yield from self::of_terms( self::parents_first( $by_id ) );
	}

	private static function parents_first( array $by_id ): \Generator {
		foreach ( $by_id as $rows ) {
			$said = array();
			foreach ( $rows as $row ) {
				$line = array();
				while ( $row && empty( $said[ $row['id'] ] ) ) {
					$said[ $row['id'] ] = true;
					array_unshift( $line, $row );
					$row = $rows[ $row['above'] ] ?? null;
				}
				yield from $line;
			}
		}
	}

	private static function of_terms( \Generator $rows ): \Generator {
		$some = array();
		foreach ( $rows as $row ) {
			$some[] = $row;
			if ( count( $some ) === PAGE ) {
				yield from self::term_lines( $some );
				$some = array();
			}
		}
		yield from self::term_lines( $some );
	}

	private static function term_lines( array $rows ): \Generator {
		$metas = Tables::metas( 'term', array_column( $rows, 'id' ) );
		foreach ( $rows as $row ) {
			$record = array(
				'description' => $row['description'],
				'id'          => (string) $row['id'],
				'meta'        => Tables::said( $metas[ $row['id'] ] ?? array() ),
				'name'        => $row['name'],
				'parent'      => (string) $row['parent'],
				'slug'        => $row['slug'],
				'taxonomy'    => $row['taxonomy'],
			);
			yield self::json( array( 'kind' => 'term', 'record' => $record ) );
		}
	}

	/** WordPress reads a post's metas from its cache: put there what we have read already. */
	private static function remember_metas( int $id, array $metas ): void {
		$cached = array();
		foreach ( $metas as $meta ) {
			$cached[ $meta[1] ][] = $meta[2];
		}
		wp_cache_add( $id, $cached, 'post_meta' );
	}

	private static function author( int $id ): array {
		static $known = array();
		if ( ! isset( $known[ $id ] ) ) {
			$user         = get_userdata( $id );
			$known[ $id ] = array( 'login' => $user ? $user->user_login : '' );
		}
		return $known[ $id ];
	}
}

/** SHA-256 of each record over the fields that were asked for, so that no content has to travel. */
final class Digest {

	private const OF_COMMENTS = 'comments.';

	/** Of a comment `comments` means everything but its number, `comments.author` and the like single columns. */
	public static function lines( int $after, array $types, array $fields ): \Generator {
		$asked   = array_flip( $fields );
		$columns = array();
		foreach ( $fields as $field ) {
			if ( 0 === strpos( $field, self::OF_COMMENTS ) ) {
				$columns[ substr( $field, strlen( self::OF_COMMENTS ) ) ] = true;
			}
		}
		if ( $columns ) {
			$asked['comments'] = true;
		}
		foreach ( Snapshot::records( $after, $types, $asked ) as $id => $record ) {
			$after = $id;
			yield self::line( $id, self::of( $record, $columns ) );
		}
		yield Snapshot::json( array( 'after' => (string) $after, 'kind' => 'end' ) );
	}

	/** What two sites that hold the same say alike: in one order, terms by slug, comments without numbers; contents behind it, since to escape one takes longer than all else. */
	private static function of( array $record, array $columns = array() ): string {
		if ( isset( $record['terms'] ) ) {
			$terms = array();
			foreach ( $record['terms'] as $term ) {
				$terms[ $term['taxonomy'] . "\0" . $term['slug'] ] = array( 'slug' => $term['slug'], 'taxonomy' => $term['taxonomy'] );
			}
			ksort( $terms, SORT_STRING );
			$record['terms'] = array_values( $terms );
		}
		if ( isset( $record['meta'] ) ) {
			$record['meta'] = self::by_key( $record['meta'] );
		}
		$places = isset( $record['comments'] ) ? array_flip( array_column( $record['comments'], 'id' ) ) : array();
		foreach ( $record['comments'] ?? array() as $place => $comment ) {
			$comment['meta'] = self::by_key( $comment['meta'] );
			if ( ! isset( $columns['id'] ) ) {
				$comment['parent'] = (string) ( $places[ $comment['parent'] ] ?? '' );
				unset( $comment['id'] );
			}
			$record['comments'][ $place ] = $columns ? array_intersect_key( $comment, $columns ) : $comment;
		}
		$content = isset( $record['content'] ) ? "\n" . $record['content'] : '';
		unset( $record['content'] );
		$said = ( $record ? Snapshot::json( $record ) : '{}' ) . $content;
		return function_exists( 'openssl_digest' ) ? openssl_digest( $said, 'sha256' ) : hash( 'sha256', $said ); // ten times as fast where there is one.
	}

	/** Metas as { key: [ value … ] }. */
	private static function by_key( array $metas ): object {
		$values = array();
		foreach ( $metas as list( , $key, $value ) ) {
			$values[ $key ][] = (string) $value;
		}
		ksort( $values, SORT_STRING );
		return (object) $values;
	}

	/** The digest of all that whoever edits a post can change: not what visitors and addresses do to it. */
	public static function whole( array $record ): string {
		return self::of( array_diff_key( $record, array( 'comments' => 0, 'link' => 0 ) ) );
	}

	/** The fields of which that is made. */
	public static function of_whole(): array {
		return array_diff_key( Tables::FIELDS, array( 'comments' => 0, 'link' => 0 ) );
	}

	private static function line( int $id, string $digest ): string {
		return '{"digest":"' . $digest . '","id":"' . $id . '"}';
	}
}

/** Which record became which object: one table, so that a request that is repeated does nothing twice. */
final class Keys {

	private const COLUMNS = array( 'source_key', 'kind', 'object_id', 'guid', 'run', 'kept' );
	private const LATE    = 600; // seconds after which no client sends a line again.

	/** The kind of a post that is about to be made: without transactions a request may be cut off before it is whole. */
	public const BEGUN = 'begun';

	private static function table(): string {
		global $wpdb;
		return $wpdb->prefix . 'wpmigrate_keys';
	}

	public static function make(): void {
		global $wpdb;
		$wpdb->query( 'CREATE TABLE IF NOT EXISTS ' . self::table() . " ( source_key varchar(64) NOT NULL, kind varchar(20) NOT NULL, object_id bigint(20) unsigned NOT NULL, guid varchar(255) NOT NULL, run varchar(64) NOT NULL, kept bigint(20) unsigned NOT NULL, PRIMARY KEY (source_key) ) {$wpdb->get_charset_collate()}" ); // phpcs:ignore WordPress.DB.PreparedSQL -- our own table.
	}

	public static function drop(): void {
		global $wpdb;
		$wpdb->query( 'DROP TABLE IF EXISTS ' . self::table() ); // phpcs:ignore WordPress.DB.PreparedSQL -- our own table.
	}

	/** Forgets a run that is over, and those that were cut off; the table goes with the last of them. */
	public static function end( string $run ): void {
		global $wpdb;
		self::make();
		$wpdb->query( $wpdb->prepare( 'DELETE FROM ' . self::table() . ' WHERE run = %s OR kept < %d', $run, time() - self::LATE ) ); // phpcs:ignore WordPress.DB.PreparedSQL -- our own table.
		if ( '0' === (string) $wpdb->get_var( 'SELECT COUNT(*) FROM ' . self::table() ) ) { // phpcs:ignore WordPress.DB.PreparedSQL -- our own table.
			self::drop();
		}
	}

	/** Key => the object that it became, of those of these keys that are known; one that was begun, and cut off, has a number below zero. */
	public static function objects( array $keys ): array {
		global $wpdb;
		$by_short = array();
		foreach ( $keys as $key ) {
			$by_short[ self::short( $key ) ] = $key;
		}
		$found = array();
		if ( $by_short ) {
			$rows = $wpdb->get_results( 'SELECT source_key, object_id, kind, guid FROM ' . self::table() . ' WHERE source_key IN (' . Tables::texts( array_keys( $by_short ) ) . ')' ); // phpcs:ignore WordPress.DB.PreparedSQL -- texts() escapes.
			foreach ( $rows as $row ) {
				$id = (int) $row->object_id;
				if ( self::BEGUN !== $row->kind ) {
					$found[ $by_short[ $row->source_key ] ] = $id;
				} elseif ( self::was_made( $id, $row->guid ) ) {
					$found[ $by_short[ $row->source_key ] ] = -$id;
				}
			}
		}
		return $found;
	}

	/** Keeps what became of keys: rows of { key, kind, id, guid }. */
	public static function keep( array $made, string $run ): void {
		$rows = array();
		foreach ( $made as list( $key, $kind, $id, $guid ) ) {
			$rows[] = array( self::short( $key ), $kind, $id, substr( $guid, 0, 255 ), $run, time() );
		}
		Tables::insert( self::table(), self::COLUMNS, $rows, 'REPLACE' );
	}

	/** What a run made, the newest first. */
	public static function made_by( string $run ): \Generator {
		global $wpdb;
		$before = PHP_INT_MAX;
		$after  = '';
		do {
			$rows = $wpdb->get_results( $wpdb->prepare( 'SELECT source_key, kind, object_id, guid FROM ' . self::table() . ' WHERE run = %s AND ( object_id < %d OR ( object_id = %d AND source_key > %s ) ) ORDER BY object_id DESC, source_key LIMIT %d', $run, $before, $before, $after, PAGE ) ); // phpcs:ignore WordPress.DB.PreparedSQL -- our own table.
			foreach ( $rows as $row ) {
				if ( self::BEGUN !== $row->kind || self::was_made( (int) $row->object_id, $row->guid ) ) {
					yield $row;
				}
				$before = (int) $row->object_id;
				$after  = $row->source_key;
			}
			Tables::forget_page();
		} while ( count( $rows ) === PAGE );
	}

	public static function forget( string $short ): void {
		global $wpdb;
		$wpdb->delete( self::table(), array( 'source_key' => $short ) );
	}

	private static function short( string $key ): string {
		return hash( 'sha256', $key );
	}

	/** Whether a post that was about to be made has been. */
	private static function was_made( int $id, string $guid ): bool {
		$post = get_post( $id );
		return $post && substr( $post->guid, 0, 255 ) === $guid;
	}
}

/** Terms by what records call them; each is looked up once a request. */
final class Terms {

	/** The row { term_id, term_taxonomy_id } of a term, made where it isn't there. */
	public static function find_or_make( array $ref ): ?object {
		static $known = array();
		$taxonomy = (string) $ref['taxonomy'];
		$place    = $taxonomy . "\0" . ( $ref['slug'] ?? '' ) . "\0" . ( $ref['name'] ?? '' );
		if ( ! isset( $known[ $place ] ) ) {
			$known[ $place ] = taxonomy_exists( $taxonomy ) ? ( self::find( $ref ) ?? self::make( $ref ) ) : null;
			if ( $known[ $place ] && ! current_user_can( get_taxonomy( $taxonomy )->cap->assign_terms ) ) {
				throw new \RuntimeException( "you may not relate posts to terms of $taxonomy" );
			}
		}
		return $known[ $place ];
	}

	/** Stores a term with everything that is said of it; gives its id, and whether it was there. */
	public static function store( array $record ): array {
		if ( ! taxonomy_exists( $record['taxonomy'] ) ) {
			throw new \RuntimeException( "no taxonomy {$record['taxonomy']} is registered" );
		}
		$found = self::find( $record );
		$ref   = $found ?? self::find_or_make( $record );
		if ( ! current_user_can( 'edit_term', (int) $ref->term_id ) ) {
			throw new \RuntimeException( "you may not change terms of {$record['taxonomy']}" );
		}
		$said = array_intersect_key( $record, array_flip( array( 'name', 'description' ) ) );
		if ( isset( $record['parent'] ) ) {
			$parent         = '' === $record['parent'] ? null : self::find( array( 'taxonomy' => $record['taxonomy'], 'slug' => $record['parent'] ) );
			$said['parent'] = $parent ? (int) $parent->term_id : 0;
		}
		wp_update_term( (int) $ref->term_id, $record['taxonomy'], wp_slash( $said ) );
		foreach ( self::by_key( $record['meta'] ?? array() ) as $key => $values ) {
			delete_term_meta( (int) $ref->term_id, $key );
			foreach ( $values as $value ) {
				is_broken( $value ) ? self::keep_broken( (int) $ref->term_id, $key, $value ) : add_term_meta( (int) $ref->term_id, wp_slash( $key ), wp_slash( plain( $value ) ) );
			}
		}
		return array( 'id' => (string) $ref->term_id, 'status' => $found ? 'stored' : 'created' );
	}

	/** Stores as it is what WordPress would serialize once more. */
	private static function keep_broken( int $id, string $key, string $value ): void {
		global $wpdb;
		Tables::insert( $wpdb->termmeta, array( 'term_id', 'meta_key', 'meta_value' ), array( array( $id, $key, $value ) ) );
		wp_cache_delete( $id, 'term_meta' );
	}

	/** Rows of metas as key => values. */
	public static function by_key( array $metas ): array {
		$values = array();
		foreach ( $metas as $meta ) {
			$values[ $meta['key'] ][] = $meta['value'];
		}
		return $values;
	}

	private static function find( array $ref ): ?object {
		global $wpdb;
		$column = empty( $ref['slug'] ) ? 'name' : 'slug';
		$value  = 'slug' === $column ? sanitize_title( $ref['slug'] ) : ( $ref['name'] ?? '' );
		return $wpdb->get_row( $wpdb->prepare( "SELECT t.term_id, x.term_taxonomy_id FROM $wpdb->terms t JOIN $wpdb->term_taxonomy x ON x.term_id = t.term_id WHERE x.taxonomy = %s AND t.$column = %s ORDER BY t.term_id LIMIT 1", $ref['taxonomy'], $value ) ); // phpcs:ignore WordPress.DB.PreparedSQL -- one of two names.
	}

	private static function make( array $ref ): object {
		$tax = get_taxonomy( $ref['taxonomy'] );
		if ( ! current_user_can( $tax->cap->edit_terms ) ) {
			throw new \RuntimeException( "you may not make terms of {$ref['taxonomy']}" );
		}
		$name = 'post_format' === $ref['taxonomy'] ? $ref['slug'] : ( $ref['name'] ?? $ref['slug'] );
		$made = wp_insert_term( wp_slash( $name ), $ref['taxonomy'], array( 'slug' => $ref['slug'] ?? '' ) );
		if ( is_wp_error( $made ) ) {
			throw new \RuntimeException( $made->get_error_message() );
		}
		return (object) $made;
	}
}

/** Accounts, by login; their passwords and rights never travel. */
final class Users {

	/** Makes an account that isn't there, as an author with a password that nobody knows; gives its id. */
	public static function store( array $record ): int {
		$user = get_user_by( 'login', $record['login'] );
		if ( $user ) {
			return $user->ID;
		}
		if ( ! current_user_can( 'create_users' ) ) {
			throw new \RuntimeException( 'you lack the right create_users' );
		}
		$made = wp_insert_user(
			wp_slash(
				array(
					'user_login'   => $record['login'],
					'user_pass'    => wp_generate_password( 64 ),
					'user_email'   => $record['email'] ?? '',
					'display_name' => $record['display_name'] ?? $record['login'],
					'first_name'   => $record['first_name'] ?? '',
					'last_name'    => $record['last_name'] ?? '',
					'role'         => 'author',
				)
			)
		);
		if ( is_wp_error( $made ) ) {
			throw new \RuntimeException( $made->get_error_message() );
		}
		return $made;
	}
}

/** The site's options by name, those that may move; the rest would hand a site over, or break it. */
final class Options {

	/** What belongs to its site alone; wpmigrate has the same lists. */
	private const KEPT       = array(
		'home', 'siteurl', 'upload_path', 'upload_url_path', // where the site is.
		'active_plugins', 'current_theme', 'recently_activated', 'stylesheet', 'stylesheet_root', 'template', 'template_root', 'theme_switched', 'uninstall_plugins', // which code it runs.
		'admin_email', 'adminhash', 'default_role', 'new_admin_email', 'recovery_keys', 'users_can_register', // who may do what.
		'auth_key', 'auth_salt', 'logged_in_key', 'logged_in_salt', 'mailserver_pass', 'nonce_key', 'nonce_salt', 'recovery_mode_auth_key', 'recovery_mode_auth_salt', 'secret', 'secret_key', 'secure_auth_key', 'secure_auth_salt', // its secrets.
		'cron', 'db_upgraded', 'db_version', 'fresh_site', 'initial_db_version', 'rewrite_rules', 'sticky_posts', // what WordPress keeps itself.
		'blacklist_keys', 'comment_whitelist', // what it calls otherwise by now, and sets under that name.
	);
	private const BEGINNINGS = array( '_site_transient_', '_transient_', 'wpmigrate' );
	private const ENDINGS    = array( '_children', '.lock', 'user_roles' );
	private const OF_LINKS   = array( 'category_base', 'permalink_structure', 'tag_base' );

	/** Within a network WordPress lets others set those alone that its own pages show. */
	public static function may(): bool {
		return current_user_can( 'manage_options' ) && ( ! is_multisite() || current_user_can( 'manage_network_options' ) );
	}

	/** Rows of { id, name, value } of those of these names that are there, each value as the table has it. */
	public static function held( array $names ): array {
		global $wpdb;
		$names = self::may() ? array_filter( $names, array( self::class, 'moves' ) ) : array();
		$rows  = $names ? $wpdb->get_results( "SELECT option_id AS id, option_name AS name, option_value AS value FROM $wpdb->options WHERE option_name IN (" . Tables::texts( $names ) . ') ORDER BY option_name', ARRAY_A ) : array(); // phpcs:ignore WordPress.DB.PreparedSQL -- texts() escapes.
		$held  = array();
		foreach ( $rows as $row ) {
			if ( in_array( $row['name'], $names, true ) ) { // MySQL takes capitals for the same.
				$held[] = array_map( 'strval', $row );
			}
		}
		return $held;
	}

	/** Sets an option; gives what the site holds of it then, which WordPress may have put otherwise. */
	public static function store( array $record ): array {
		$name = (string) $record['name'];
		if ( ! self::may() ) {
			throw new \RuntimeException( 'you lack the right manage_options' );
		}
		if ( ! self::moves( $name ) ) {
			throw new \RuntimeException( "the option $name belongs to its site alone" );
		}
		if ( is_broken( (string) $record['value'] ) ) {
			throw new \RuntimeException( "what the option $name should hold is serialized wrongly, so that nobody could read it" );
		}
		foreach ( array( $name, 'alloptions', 'notoptions' ) as $cached ) {
			wp_cache_delete( $cached, 'options' ); // what a transaction that was taken back left there.
		}
		$before = self::held( array( $name ) );
		$value  = plain( (string) $record['value'] );
		update_option( $name, current_user_can( 'unfiltered_html' ) ? $value : self::filtered( $value ) );
		in_array( $name, self::OF_LINKS, true ) && delete_option( 'rewrite_rules' ); // WordPress makes them again.
		$after = self::held( array( $name ) );
		if ( ! $after ) {
			throw new \RuntimeException( "the option $name could not be stored" );
		}
		return array( 'id' => $after[0]['id'], 'status' => $before ? 'stored' : 'created', 'value' => $after[0]['value'] );
	}

	public static function remove( int $id ): void {
		global $wpdb;
		$name = (string) $wpdb->get_var( $wpdb->prepare( "SELECT option_name FROM $wpdb->options WHERE option_id = %d", $id ) );
		if ( '' !== $name && ! ( self::moves( $name ) && delete_option( $name ) ) ) {
			throw new \RuntimeException( 'the option belongs to its site alone, or cannot be deleted' );
		}
	}

	/** A value without the HTML that whoever sends it may not write; an array's texts one by one. */
	private static function filtered( $value ) {
		if ( is_object( $value ) ) {
			throw new \RuntimeException( 'you may store no objects' );
		}
		if ( is_array( $value ) ) {
			return array_map( array( self::class, 'filtered' ), $value );
		}
		return is_string( $value ) ? wp_kses_post( $value ) : $value;
	}

	/** Whether an option may go from site to site; of ASCII, since databases take other letters for these. */
	private static function moves( string $name ): bool {
		$folded = strtolower( $name );
		$kept   = in_array( $folded, self::KEPT, true ) || ! preg_match( '/^[!-+\--~]{1,191}$/D', $name );
		foreach ( self::BEGINNINGS as $beginning ) {
			$kept = $kept || 0 === strpos( $folded, $beginning );
		}
		foreach ( self::ENDINGS as $ending ) {
			$kept = $kept || substr( $folded, -strlen( $ending ) ) === $ending;
		}
		return ! $kept;
	}
}

/** Takes records in, a group of them in one transaction; where one fails, each in its own. */
final class Store {

	private const GROUP = 100;

	/** Core's own bookkeeping, which costs more than the post: left out, and done once at the end. */
	private const LEFT_OUT = array(
		array( 'publish_post', '_publish_post_hook', 5 ),
		array( 'save_post', 'delete_get_calendar_cache', 10 ),
		array( 'transition_post_status', '__clear_multi_author_cache', 10 ),
		array( 'transition_post_status', '_update_term_count_on_transition_post_status', 10 ),
		array( 'transition_post_status', 'block_core_calendar_update_has_published_post_on_transition_post_status', 10 ),
		array( 'transition_post_status', '_wp_auto_add_pages_to_menu', 10 ), // the source's menus come themselves.
		array( 'post_updated', 'wp_save_post_revision', 10 ),
		array( 'post_updated', 'wp_check_for_changed_slugs', 12 ),
		array( 'post_updated', 'wp_check_for_changed_dates', 12 ),
		array( 'wp_after_insert_post', 'wp_save_post_revision_on_insert', 9 ),
		array( 'added_post_meta', 'wp_cache_set_posts_last_changed', 10 ),
		array( 'pre_post_guid', 'wp_filter_kses', 10 ),
	);

	private const DATES = array( 'post_date', 'post_date_gmt', 'post_modified', 'post_modified_gmt' );
	private const EXACT = array( 'post_date', 'post_date_gmt', 'post_modified', 'post_modified_gmt', 'guid' );

	private const OF_COMMENT = array(
		'agent'        => 'comment_agent',
		'approved'     => 'comment_approved',
		'author'       => 'comment_author',
		'author_email' => 'comment_author_email',
		'author_ip'    => 'comment_author_IP',
		'author_url'   => 'comment_author_url',
		'content'      => 'comment_content',
		'date'         => 'comment_date',
		'date_gmt'     => 'comment_date_gmt',
		'type'         => 'comment_type',
		'user_id'      => 'user_id',
	);

	private string $run;
	private bool $fast;
	private bool $read_back;
	private array $counted = array();
	private array $slugs   = array();
	private array $trashed = array();

	/** Without hooks no plugin notices a post: that is for those to accept who own the site. */
	public static function may_be_fast(): bool {
		return current_user_can( 'manage_options' ) && current_user_can( 'unfiltered_html' );
	}

	public function __construct( string $run, bool $fast, bool $read_back ) {
		$this->run       = $run;
		$this->fast      = $fast;
		$this->read_back = $read_back;
	}

	/** One answer for each line: { key, id, status }, the digest of what is stored if asked for, or an error. */
	public function answers( \Generator $lines ): \Generator {
		$this->quiet();
		$group = array();
		$bytes = 0;
		foreach ( $lines as $size => $line ) {
			$bytes += $size;
			if ( $group && ( count( $group ) === self::GROUP || $bytes > BYTES ) ) {
				yield from $this->group( $group );
				$group = array();
				$bytes = $size;
			}
			$group[] = is_array( $line ) ? $line : array();
		}
		yield from $this->group( $group );
		$this->settle();
		yield Snapshot::json( array( 'kind' => 'end' ) );
	}

	private function quiet(): void {
		defined( 'WP_IMPORTING' ) || define( 'WP_IMPORTING', true );
		foreach ( self::LEFT_OUT as $listener ) {
			remove_filter( ...$listener );
		}
		wp_defer_term_counting( true );
	}

	/** What core would have done for each post, once. */
	private function settle(): void {
		$this->query( 'START TRANSACTION' );
		foreach ( $this->counted as $taxonomy => $terms ) {
			wp_update_term_count_now( array_keys( $terms ), $taxonomy );
			clean_taxonomy_cache( $taxonomy );
		}
		delete_get_calendar_cache();
		__clear_multi_author_cache();
		function_exists( 'block_core_calendar_update_has_published_posts' ) && block_core_calendar_update_has_published_posts();
		wp_cache_set( 'last_changed', microtime(), 'posts' );
		$this->query( 'COMMIT' );
	}

	private function group( array $lines ): \Generator {
		try {
			$answers = $this->at_once( $lines );
		} catch ( \Throwable $error ) {
			$this->query( 'ROLLBACK' );
			$answers = count( $lines ) === 1 ? array( $this->failed( $lines[0], $error ) ) : null;
		}
		if ( null === $answers ) {
			foreach ( $lines as $line ) {
				yield from $this->group( array( $line ) );
			}
			return;
		}
		foreach ( $answers as $answer ) {
			yield Snapshot::json( $answer );
		}
		Tables::forget_page();
	}

	private function failed( array $line, \Throwable $error ): array {
		return array( 'key' => (string) ( $line['key'] ?? '' ), 'status' => 'failed', 'error' => $error->getMessage() );
	}

	/** Stores a group, all or nothing. */
	private function at_once( array $lines ): array {
		$posts   = array();
		$answers = array();
		array_filter( $lines, array( self::class, 'makes_something' ) ) && Keys::make(); // would end a transaction.
		$this->query( 'START TRANSACTION' );
		foreach ( $lines as $place => $line ) {
			if ( '' === (string) ( $line['key'] ?? '' ) || ! is_array( $line['record'] ?? null ) ) {
				throw new \RuntimeException( 'a line is { "key": …, "record": { … } }' );
			}
			if ( 'post' === ( $line['kind'] ?? 'post' ) ) {
				$posts[ $place ] = $line;
			} else {
				$answers[ $place ] = array( 'key' => $line['key'] ) + $this->other( $line['kind'], $line['record'] );
			}
		}
		$answers += $this->posts( $posts );
		$this->query( 'COMMIT' );
		ksort( $answers );
		return $answers;
	}

	/** Whether a line is to be done once: what changes something, or is an option, says what that is to be. */
	private static function makes_something( array $line ): bool {
		return ( empty( $line['id'] ) && 'option' !== ( $line['kind'] ?? 'post' ) ) || isset( $line['record']['comments'] );
	}

	private function query( string $statement ): void {
		global $wpdb;
		Tables::has_transactions() && $wpdb->query( $statement ); // phpcs:ignore WordPress.DB.PreparedSQL -- a literal.
	}

	private function other( string $kind, array $record ): array {
		switch ( $kind ) {
			case 'author':
				return array( 'id' => (string) Users::store( $record ), 'status' => 'stored' );
			case 'term':
				return Terms::store( $record );
			case 'option':
				return Options::store( $record );
		}
		throw new \RuntimeException( "nothing is known of the kind $kind" );
	}

	private function posts( array $lines ): array {
		$known   = Keys::objects( array_column( array_filter( $lines, array( self::class, 'makes_something' ) ), 'key' ) );
		$answers = array();
		$new     = array();
		foreach ( $lines as $place => $line ) {
			$id = (int) ( $line['id'] ?? 0 );
			if ( $id ) {
				$this->change( $id, $line['record'] );
				$answers[ $place ] = array( 'key' => $line['key'], 'id' => (string) $id, 'status' => 'updated' );
			} elseif ( isset( $known[ $line['key'] ] ) && get_post( abs( $known[ $line['key'] ] ) ) ) {
				$id = abs( $known[ $line['key'] ] );
				$known[ $line['key'] ] < 0 && $this->complete( $id, $line );
				$answers[ $place ] = array( 'key' => $line['key'], 'id' => (string) $id, 'status' => 'again' );
			} else {
				$this->check_rights( $line['record']['type'] ?? 'post', $line['record']['status'] ?? 'draft' );
				$new[ $place ] = $line;
			}
		}
		foreach ( $new ? $this->create( $new ) : array() as $place => $id ) {
			$answers[ $place ] = array( 'key' => $new[ $place ]['key'], 'id' => (string) $id, 'status' => 'created' );
		}
		return $this->read_back ? $this->with_digests( $answers ) : $answers;
	}

	private function check_rights( string $name, string $status ): void {
		static $checked = array();
		if ( isset( $checked[ $name ][ $status ] ) ) {
			return;
		}
		$type = get_post_type_object( $name );
		if ( ! $type ) {
			throw new \RuntimeException( "no post type $name is registered" );
		}
		$public = in_array( $status, array( 'publish', 'future', 'private' ), true );
		foreach ( array( $type->cap->create_posts, $type->cap->edit_others_posts, $public ? $type->cap->publish_posts : $type->cap->edit_posts ) as $right ) {
			if ( ! current_user_can( $right ) ) {
				throw new \RuntimeException( "you lack the right $right" );
			}
		}
		$checked[ $name ][ $status ] = true;
	}

	/** Makes posts; gives their ids by place. */
	private function create( array $lines ): array {
		$columns = array();
		foreach ( $lines as $place => $line ) {
			$columns[ $place ] = $this->columns( $line['record'] ) + array( 'post_type' => 'post', 'post_status' => 'draft', 'guid' => '' );
		}
		$ids = self::free_ids( $lines );
		foreach ( $ids as $place => $id ) {
			$columns[ $place ]['guid'] = '' === $columns[ $place ]['guid'] ? self::guid( $id, $columns[ $place ]['post_type'] ) : $columns[ $place ]['guid'];
		}
		Tables::has_transactions() || $this->keep( $lines, $columns, $ids, Keys::BEGUN );
		$this->fast ? $this->insert_rows( $columns, $ids ) : $this->insert_posts( $columns, $ids, $lines );
		$this->metas( $ids, $lines );
		$this->terms( $ids, $lines );
		$sticky = array();
		foreach ( $ids as $place => $id ) {
			$this->comments( $id, $lines[ $place ], array() );
			if ( 'true' === ( $lines[ $place ]['record']['sticky'] ?? '' ) ) {
				$sticky[] = $id;
			}
		}
		if ( $sticky ) {
			update_option( 'sticky_posts', array_values( array_unique( array_merge( get_option( 'sticky_posts', array() ), $sticky ) ) ) );
		}
		$this->keep( $lines, $columns, $ids, 'post' );
		return $ids;
	}

	/** Brings in what a post still lacks over which a request was cut off. */
	private function complete( int $id, array $line ): void {
		$this->change( $id, $line['record'] );
		Keys::keep( array( array( $line['key'], 'post', $id, '' ) ), $this->run );
	}

	private function keep( array $lines, array $columns, array $ids, string $kind ): void {
		$made = array();
		foreach ( $lines as $place => $line ) {
			$made[] = array( $line['key'], $kind, $ids[ $place ], $columns[ $place ]['guid'] );
		}
		Keys::keep( $made, $this->run );
	}

	private function columns( array $record ): array {
		$columns = array();
		foreach ( array_filter( Tables::FIELDS ) as $field => $column ) {
			if ( isset( $record[ $field ] ) ) {
				$columns[ $column ] = $record[ $field ];
			}
		}
		foreach ( self::DATES as $date ) {
			if ( '' === ( $columns[ $date ] ?? null ) ) {
				$columns[ $date ] = ZERO_DATE;
			}
		}
		$columns['post_author'] = $this->author( $record['author'] ?? array() );
		if ( 'attachment' === ( $record['type'] ?? '' ) && ! empty( $record['attachment_url'] ) ) {
			$columns['post_mime_type'] = (string) wp_check_filetype( $record['attachment_url'] )['type'];
		}
		return $columns;
	}

	/** The account of a number of this site, else of a login: ours where the site has none, none at all where none is stated to be. */
	private function author( array $author ): int {
		static $known = array();
		$login = $author['login'] ?? null;
		if ( null === $login && ! empty( $author['id'] ) ) {
			return get_userdata( (int) $author['id'] ) ? (int) $author['id'] : get_current_user_id();
		}
		if ( ! isset( $known[ $login ] ) ) {
			$user            = $login ? get_user_by( 'login', $login ) : false;
			$known[ $login ] = $user ? $user->ID : ( '' === $login ? 0 : get_current_user_id() );
		}
		return $known[ $login ];
	}

	/** Place => the ID that a post gets: the one that the source has where it is free, else one above all others. */
	private static function free_ids( array $lines ): array {
		global $wpdb;
		$ids = array();
		foreach ( $lines as $place => $line ) {
			$ids[ $place ] = (int) ( $line['record']['id'] ?? 0 );
		}
		$wanted = array_filter( $ids );
		$taken  = $wanted ? array_flip( $wpdb->get_col( "SELECT ID FROM $wpdb->posts WHERE ID IN (" . implode( ',', $wanted ) . ')' ) ) : array(); // phpcs:ignore WordPress.DB.PreparedSQL -- numbers.
		$next   = 1 + max( 0, (int) $wpdb->get_var( "SELECT MAX(ID) FROM $wpdb->posts" ), ...array_values( $wanted ) );
		foreach ( $ids as $place => $id ) {
			$ids[ $place ]          = $id && ! isset( $taken[ $id ] ) ? $id : $next++;
			$taken[ $ids[ $place ] ] = true;
		}
		return $ids;
	}

	/** What WordPress takes for the guid of a post that begins as a draft. */
	private static function guid( int $id, string $type ): string {
		$names = array( 'page' => "page_id=$id", 'post' => "p=$id", 'attachment' => "p=$id" );
		return home_url( '?' . ( $names[ $type ] ?? "post_type=$type&p=$id" ) );
	}

	/** wp_insert_post() for each, with every listener that plugins have. */
	private function insert_posts( array $columns, array $ids, array $lines ): void {
		$this->look_at_slugs( array_column( $columns, 'post_name' ) );
		foreach ( $columns as $place => $row ) {
			$id = $this->exactly( $row + array( 'import_id' => $ids[ $place ] ), 'wp_insert_post', ! isset( $lines[ $place ]['record']['terms'] ) );
			if ( $id !== $ids[ $place ] ) {
				throw new \RuntimeException( "somebody else has just taken the ID {$ids[ $place ]}" );
			}
		}
	}

	/** Calls a function of WordPress's that stores a post, with these columns and the slug as they are said. */
	private function exactly( array $columns, callable $store, bool $with_default ): int {
		$exact = wp_slash( array_intersect_key( $columns, array_flip( self::EXACT ) ) );
		$as_is = function ( array $data ) use ( $exact ): array {
			return array_merge( $data, $exact );
		};
		// Where terms are stated we relate them ourselves, and no default stands in for them; nor for those that a post never had.
		$with_default || add_filter( 'pre_option_default_category', '__return_empty_string' );
		add_filter( 'wp_insert_post_data', $as_is, PHP_INT_MAX );
		add_filter( 'wp_insert_attachment_data', $as_is, PHP_INT_MAX );
		add_filter( 'pre_wp_unique_post_slug', array( $this, 'free_slug' ), PHP_INT_MAX, 6 );
		add_filter( 'add_trashed_suffix_to_trashed_posts', array( $this, 'has_trashed' ), 1, 2 );
		$id = $store( wp_slash( $columns ), true );
		remove_filter( 'pre_option_default_category', '__return_empty_string' );
		remove_filter( 'wp_insert_post_data', $as_is, PHP_INT_MAX );
		remove_filter( 'wp_insert_attachment_data', $as_is, PHP_INT_MAX );
		remove_filter( 'pre_wp_unique_post_slug', array( $this, 'free_slug' ), PHP_INT_MAX );
		remove_filter( 'add_trashed_suffix_to_trashed_posts', array( $this, 'has_trashed' ), 1 );
		if ( is_wp_error( $id ) ) {
			throw new \RuntimeException( $id->get_error_message() );
		}
		return $id;
	}

	/** Whether WordPress has to look for posts in the trash whose slug another one wants. */
	public function has_trashed( bool $looks, string $slug ): bool {
		return $looks && isset( $this->trashed[ $slug ] );
	}

	/** The slug that was asked for if no other post has it, also where WordPress would keep it for itself. */
	public function free_slug( ?string $override, string $slug, int $id, string $status, string $type, int $parent ): ?string {
		// Drafts are asked no slug of, and keep none from others.
		$holders = array_diff( $this->slugs[ $slug ][ $type ][ $parent ] ?? array(), array( $id ) );
		if ( ! $holders ) {
			$this->slugs[ $slug ][ $type ][ $parent ][] = $id;
		}
		return $holders ? $override : $slug;
	}

	/** Learns who has these slugs: slug => type => parent => ids, and which of them lie in the trash. */
	private function look_at_slugs( array $slugs ): void {
		global $wpdb;
		$this->slugs   = array();
		$this->trashed = array();
		$slugs         = array_filter( $slugs, 'strlen' );
		if ( ! $slugs ) {
			return;
		}
		foreach ( $wpdb->get_results( "SELECT ID, post_name, post_type, post_parent, post_status FROM $wpdb->posts WHERE post_status NOT IN ('draft', 'pending', 'auto-draft') AND post_name IN (" . Tables::texts( $slugs ) . ')' ) as $row ) { // phpcs:ignore WordPress.DB.PreparedSQL -- texts() escapes.
			if ( 'trash' === $row->post_status ) {
				$this->trashed[ $row->post_name ] = true;
			} else {
				$this->slugs[ $row->post_name ][ $row->post_type ][ (int) $row->post_parent ][] = (int) $row->ID;
			}
		}
	}

	/** Rows and nothing else. */
	private function insert_rows( array $columns, array $ids ): void {
		global $wpdb;
		$rows = array();
		foreach ( $columns as $place => $row ) {
			$rows[] = $this->row( array( 'ID' => $ids[ $place ] ) + $row );
		}
		Tables::insert( $wpdb->posts, array_keys( $this->row( array() ) ), array_map( 'array_values', $rows ) );
		foreach ( $rows as $row ) {
			// Else nothing would ever publish it.
			'future' === $row['post_status'] && wp_schedule_single_event( (int) strtotime( $row['post_date_gmt'] . ' GMT' ), 'publish_future_post', array( $row['ID'] ) );
		}
	}

	/** All columns of wp_posts, in one order. */
	private function row( array $columns ): array {
		$date = $columns['post_date'] ?? current_time( 'mysql' );
		$gmt  = $columns['post_date_gmt'] ?? get_gmt_from_date( $date );
		$row  = array(
			'ID'                    => 0,
			'post_author'           => 0,
			'post_date'             => $date,
			'post_date_gmt'         => $gmt,
			'post_content'          => '',
			'post_title'            => '',
			'post_excerpt'          => '',
			'post_status'           => 'draft',
			'comment_status'        => 'open',
			'ping_status'           => 'open',
			'post_password'         => '',
			'post_name'             => '',
			'to_ping'               => '',
			'pinged'                => '',
			'post_modified'         => $date,
			'post_modified_gmt'     => $gmt,
			'post_content_filtered' => '',
			'post_parent'           => 0,
			'guid'                  => '',
			'menu_order'            => 0,
			'post_type'             => 'post',
			'post_mime_type'        => '',
		);
		$row  = array_merge( $row, array_intersect_key( $columns, $row ) );
		foreach ( array( 'ID', 'post_author', 'post_parent', 'menu_order' ) as $number ) {
			$row[ $number ] = (int) $row[ $number ];
		}
		return $row;
	}

	private function change( int $id, array $record ): void {
		global $wpdb;
		$post = get_post( $id );
		if ( ! $post ) {
			throw new \RuntimeException( "post $id is gone" );
		}
		$this->check_rights( $post->post_type, $record['status'] ?? $post->post_status );
		if ( ! current_user_can( 'edit_post', $id ) ) {
			throw new \RuntimeException( "you may not change post $id" );
		}
		$columns = array_diff_key( $this->columns( $record ), array( 'post_type' => 0 ) + ( isset( $record['author'] ) ? array() : array( 'post_author' => 0 ) ) );
		if ( $this->fast ) {
			$columns && $wpdb->update( $wpdb->posts, $columns, array( 'ID' => $id ) );
		} else {
			$this->look_at_slugs( array( $columns['post_name'] ?? '' ) );
			if ( in_array( $columns['post_status'] ?? $post->post_status, array( 'draft', 'pending' ), true ) ) {
				// WordPress would take the time of this request for a date that nobody set.
				$columns += array( 'post_date' => $post->post_date, 'post_date_gmt' => $post->post_date_gmt );
			}
			$this->exactly( array( 'ID' => $id ) + $columns, 'wp_update_post', false );
		}
		foreach ( array_keys( Terms::by_key( $record['meta'] ?? array() ) ) as $key ) {
			delete_post_meta( $id, wp_slash( $key ) );
		}
		foreach ( array_unique( array_column( $record['terms'] ?? array(), 'taxonomy' ) ) as $taxonomy ) {
			taxonomy_exists( $taxonomy ) && wp_delete_object_term_relationships( $id, $taxonomy );
		}
		$line = array( 0 => array( 'key' => "post:$id", 'record' => $record ) );
		$this->metas( array( 0 => $id ), $line );
		$this->terms( array( 0 => $id ), $line );
		$of = array( $id );
		isset( $record['comments'] ) && $this->comments( $id, $line[0], Tables::comments( $of )[ $id ] ?? array() );
		isset( $record['sticky'] ) && ( 'true' === $record['sticky'] ? stick_post( $id ) : unstick_post( $id ) );
		clean_post_cache( $id );
	}

	/** All rows of a group in one statement, protected keys included; plugins hear of each. */
	private function metas( array $ids, array $lines ): void {
		global $wpdb;
		$hooks = ! $this->fast && ( has_action( 'add_post_meta' ) || has_action( 'added_post_meta' ) );
		$rows  = array();
		foreach ( $ids as $place => $id ) {
			foreach ( $lines[ $place ]['record']['meta'] ?? array() as $meta ) {
				if ( ! isset( $meta['value'] ) ) {
					continue; // a key alone has no rows.
				}
				$hooks && do_action( 'add_post_meta', $id, $meta['key'], plain( $meta['value'] ) );
				$rows[] = array( $id, $meta['key'], $meta['value'] );
			}
		}
		Tables::insert( $wpdb->postmeta, array( 'post_id', 'meta_key', 'meta_value' ), $rows );
		foreach ( $ids as $id ) {
			wp_cache_delete( $id, 'post_meta' );
			if ( $hooks ) {
				foreach ( $wpdb->get_results( $wpdb->prepare( "SELECT meta_id, meta_key, meta_value FROM $wpdb->postmeta WHERE post_id = %d ORDER BY meta_id", $id ) ) as $row ) {
					do_action( 'added_post_meta', (int) $row->meta_id, $id, $row->meta_key, plain( (string) $row->meta_value ) );
				}
			}
		}
	}

	/** The relationships of a group in one statement, in the order of the record. */
	private function terms( array $ids, array $lines ): void {
		global $wpdb;
		$rows = array();
		foreach ( $ids as $place => $id ) {
			$related = array();
			foreach ( $lines[ $place ]['record']['terms'] ?? array() as $ref ) {
				$term = isset( $ref['slug'] ) || isset( $ref['name'] ) ? Terms::find_or_make( $ref ) : null; // a taxonomy alone has none.
				if ( $term ) {
					$relation                                 = (int) $term->term_taxonomy_id;
					$related[ $ref['taxonomy'] ][ $relation ] = (int) $term->term_id;
					$order                                    = empty( get_taxonomy( $ref['taxonomy'] )->sort ) ? 0 : count( $related[ $ref['taxonomy'] ] );
					$rows[ "$id:$relation" ]                  = $rows[ "$id:$relation" ] ?? array( $id, $relation, $order );

					$this->counted[ $ref['taxonomy'] ][ $relation ] = true;
				}
			}
			foreach ( $this->fast ? array() : $related as $taxonomy => $terms ) {
				do_action( 'set_object_terms', $id, array_values( $terms ), array_keys( $terms ), $taxonomy, false, array() );
			}
		}
		Tables::insert( $wpdb->term_relationships, array( 'object_id', 'term_taxonomy_id', 'term_order' ), array_values( $rows ) );
	}

	/** Comments, parents before children; `held` are those that the post has already, which a comment can name as its own. */
	private function comments( int $post, array $line, array $held ): void {
		global $wpdb;
		$there = array();
		foreach ( $held as $comment ) {
			$there[ self::mark( $comment ) ] = (int) $comment['id'];
		}
		$ids  = array();
		$made = array();
		foreach ( $line['record']['comments'] ?? array() as $place => $comment ) {
			$parent = $ids[ $comment['parent'] ?? '' ] ?? 0;
			$id     = (int) ( $comment['there'] ?? $there[ self::mark( $comment ) ] ?? 0 );
			if ( isset( $comment['there'] ) ) {
				if ( ! in_array( (string) $id, array_column( $held, 'id' ), true ) ) {
					continue; // somebody took it away.
				}
				$this->change_comment( $id, $comment, $parent );
			}
			if ( ! $id ) {
				$id     = $this->comment( $post, $comment, $parent );
				$made[] = array( "{$line['key']} comment " . ( $comment['id'] ?? $place ), 'comment', $id, '' );
			}
			$ids[ $comment['id'] ?? '' ] = $id;
		}
		Keys::keep( $made, $this->run );
		( $made || $held ) && wp_update_comment_count_now( $post );
	}

	private static function mark( array $comment ): string {
		return implode( "\0", array( $comment['date_gmt'] ?? '', $comment['author'] ?? '', $comment['content'] ?? '' ) );
	}

	/** Gives a comment the columns and metas that are stated. */
	private function change_comment( int $id, array $comment, int $parent ): void {
		global $wpdb;
		$row = isset( $comment['parent'] ) ? array( 'comment_parent' => $parent ) : array();
		foreach ( array_intersect_key( self::OF_COMMENT, $comment ) as $name => $column ) {
			$row[ $column ] = '' === $comment[ $name ] && 'date' === substr( $name, 0, 4 ) ? ZERO_DATE : $comment[ $name ];
		}
		if ( $row && false === $wpdb->update( $wpdb->comments, self::allowed( $row ), array( 'comment_ID' => $id ) ) ) {
			throw new \RuntimeException( 'a comment could not be changed: ' . $wpdb->last_error );
		}
		foreach ( array_keys( Terms::by_key( $comment['meta'] ?? array() ) ) as $key ) {
			delete_comment_meta( $id, wp_slash( $key ) );
		}
		$this->comment_metas( $id, $comment );
		if ( $row || isset( $comment['meta'] ) ) {
			clean_comment_cache( $id );
			$this->fast || do_action( 'edit_comment', $id, get_comment( $id, ARRAY_A ) );
		}
	}

	/** A comment's columns, without the HTML that whoever sends them may not write. */
	private static function allowed( array $row ): array {
		if ( current_user_can( 'unfiltered_html' ) ) {
			return $row;
		}
		$filtered = wp_unslash( wp_filter_comment( wp_slash( $row + array_fill_keys( array_values( self::OF_COMMENT ), '' ) ) ) );
		return array_intersect_key( $filtered, $row );
	}

	private function comment_metas( int $id, array $comment ): void {
		global $wpdb;
		$rows = array();
		foreach ( $comment['meta'] ?? array() as $meta ) {
			$rows[] = array( $id, $meta['key'], $meta['value'] );
		}
		Tables::insert( $wpdb->commentmeta, array( 'comment_id', 'meta_key', 'meta_value' ), $rows );
	}

	private function comment( int $post, array $comment, int $parent ): int {
		global $wpdb;
		$row = array(
			'comment_post_ID'      => $post,
			'comment_author'       => $comment['author'] ?? '',
			'comment_author_email' => $comment['author_email'] ?? '',
			'comment_author_url'   => $comment['author_url'] ?? '',
			'comment_author_IP'    => $comment['author_ip'] ?? '',
			'comment_agent'        => $comment['agent'] ?? '',
			'comment_date'         => ( $comment['date'] ?? '' ) ? $comment['date'] : ZERO_DATE,
			'comment_date_gmt'     => ( $comment['date_gmt'] ?? '' ) ? $comment['date_gmt'] : ZERO_DATE,
			'comment_content'      => $comment['content'] ?? '',
			'comment_approved'     => $comment['approved'] ?? '1',
			'comment_type'         => $comment['type'] ?? 'comment',
			'comment_parent'       => $parent,
			'user_id'              => (int) ( $comment['user_id'] ?? 0 ),
		);
		if ( ! $wpdb->insert( $wpdb->comments, self::allowed( $row ) ) ) {
			throw new \RuntimeException( 'a comment could not be stored: ' . $wpdb->last_error );
		}
		$id = (int) $wpdb->insert_id;
		$this->comment_metas( $id, $comment );
		$this->fast || do_action( 'wp_insert_comment', $id, get_comment( $id ) );
		return $id;
	}

	/** Adds what is stored: the digest of all but comments and address, and what a client recognises a post by. */
	private function with_digests( array $answers ): array {
		$ids    = array_column( $answers, 'id' );
		$stored = iterator_to_array( Snapshot::of_rows( Tables::posts_of( $ids ), Digest::of_whole() + array( 'link' => '' ) ) );
		$told   = array_flip( array( 'attachment_url', 'date', 'date_gmt', 'link', 'slug', 'status', 'title', 'type' ) );
		foreach ( $answers as $place => $answer ) {
			$record = $stored[ (int) $answer['id'] ] ?? array();

			$answers[ $place ]['digest'] = Digest::whole( $record );
			$answers[ $place ]['record'] = array_intersect_key( $record, $told );
		}
		return $answers;
	}
}

/** The files of attachments, below the uploads folder and nowhere else. */
final class Files {

	/** Stores an uploaded file under a path such as 2016/07/a.jpg; what is there already is never replaced. */
	public static function store( array $file, string $path, string $sha256 ): string {
		$name = basename( $path );
		if ( ( $file['error'] ?? UPLOAD_ERR_NO_FILE ) !== UPLOAD_ERR_OK ) {
			throw new \RuntimeException( 'no file came: it may be larger than the server takes' );
		}
		if ( 0 !== validate_file( $path ) || '/' === substr( $path, 0, 1 ) || array_filter( explode( '/', $path ), array( self::class, 'is_odd' ) ) ) {
			throw new \RuntimeException( 'no file of the uploads folder can have this path' );
		}
		if ( ! wp_check_filetype( $name )['ext'] ) {
			throw new \RuntimeException( 'the site takes no files of this type' );
		}
		$place = wp_upload_dir( null, false )['basedir'] . '/' . $path;
		if ( file_exists( $place ) ) {
			if ( hash_file( 'sha256', $place ) === $sha256 ) {
				return 'again';
			}
			throw new \RuntimeException( 'another file lies there' );
		}
		if ( hash_file( 'sha256', $file['tmp_name'] ) !== $sha256 || ! self::is_what_it_says( $file['tmp_name'], $name ) ) {
			throw new \RuntimeException( 'it did not arrive whole, or is not what its name says' );
		}
		wp_mkdir_p( dirname( $place ) );
		if ( ! move_uploaded_file( $file['tmp_name'], $place ) ) {
			throw new \RuntimeException( 'it could not be written' );
		}
		chmod( $place, fileperms( dirname( $place ) ) & 0000666 );
		return 'created';
	}

	/** Makes the sizes that this site wants of a picture; gives the digest of its record, as /records does. */
	public static function make_sizes( int $id ): array {
		if ( ! current_user_can( 'edit_post', $id ) ) {
			throw new \RuntimeException( 'you may not change it' );
		}
		require_once ABSPATH . 'wp-admin/includes/image.php';
		wp_update_attachment_metadata( $id, wp_slash( wp_generate_attachment_metadata( $id, (string) get_attached_file( $id ) ) ) );
		foreach ( Snapshot::of_rows( Tables::posts_of( array( $id ) ), Digest::of_whole() ) as $record ) {
			return array( 'digest' => Digest::whole( $record ) );
		}
		throw new \RuntimeException( 'it is gone' );
	}

	/** Whether a part of a path is hidden, or not as WordPress itself would name a file: a.php.jpg for one. */
	private static function is_odd( string $part ): bool {
		return '' === $part || '.' === $part[0] || sanitize_file_name( $part ) !== $part;
	}

	private static function is_what_it_says( string $file, string $name ): bool {
		require_once ABSPATH . 'wp-admin/includes/file.php';
		return (bool) wp_check_filetype_and_ext( $file, $name )['ext'];
	}
}

/** Takes back what a run made: into the trash, or away for good. */
final class Undo {

	public static function lines( string $run, bool $force ): \Generator {
		Keys::make();
		wp_defer_term_counting( true );
		wp_defer_comment_counting( true );
		foreach ( Keys::made_by( $run ) as $made ) {
			$id   = (int) $made->object_id;
			$gone = 'comment' === $made->kind ? self::comment( $id, $force ) : self::post( $id, $force );
			$gone && $force && Keys::forget( $made->source_key );
			yield Snapshot::json( array( 'id' => (string) $id, 'kind' => $made->kind, 'status' => $gone ? 'gone' : 'failed' ) );
		}
		wp_defer_comment_counting( false );
		wp_defer_term_counting( false );
		yield Snapshot::json( array( 'kind' => 'end' ) );
	}

	public static function post( int $id, bool $force ): bool {
		$post = get_post( $id );
		if ( ! $post ) {
			return true;
		}
		$of = 'revision' === $post->post_type ? $post->post_parent : $id; // a revision has no rights of its own.
		if ( ! current_user_can( 'delete_post', $of ) ) {
			return false;
		}
		return (bool) ( $force ? wp_delete_post( $id, true ) : wp_trash_post( $id ) );
	}

	private static function comment( int $id, bool $force ): bool {
		if ( ! get_comment( $id ) ) {
			return true;
		}
		return current_user_can( 'edit_comment', $id ) && ( $force ? wp_delete_comment( $id, true ) : wp_trash_comment( $id ) );
	}
}

Stream::keep_body();
add_action( 'rest_api_init', array( Routes::class, 'register' ) );
if ( function_exists( 'register_uninstall_hook' ) ) {
	register_uninstall_hook( __FILE__, array( Keys::class, 'drop' ) );
}
