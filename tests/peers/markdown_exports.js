// Runs wordpress-export-to-markdown, whose folder it is given, for each list of arguments in the JSON
// on standard input, as its index.js does. Prints as JSON which of them got to their end.
const fs = require('node:fs');

const folder = process.argv[2];
const say = console.log;
console.log = () => {};

// Each run has the package's own modules anew, and its command line's.
function fresh(name) {
	return require(`${folder}/src/${name}`);
}

function forget() {
	for (const path of Object.keys(require.cache)) {
		if (path.startsWith(`${fs.realpathSync(folder)}/src/`) || path.includes('/commander/')) {
			delete require.cache[path];
		}
	}
}

async function gotThrough(argumentsOfOne) {
	forget();
	try {
		const config = await fresh('wizard').getConfig(['node', 'index.js', ...argumentsOfOne]);
		const posts = await fresh('parser').parseFilePromise(config);
		await fresh('writer').writeFilesPromise(posts, config);
		return true;
	} catch {
		return false;
	}
}

(async () => {
	const ended = [];
	for (const each of JSON.parse(fs.readFileSync(0))) {
		ended.push(await gotThrough(each));
	}
	say(JSON.stringify(ended));
})();
