// pdfjs.js FOLDER FILE.pdf - the text that pdf.js (pdfjs-dist, in FOLDER) gives a reader who copies each page, with form feeds between them.
'use strict';
const path = require('path');
const [folder, file] = process.argv.slice(2);
console.log = () => {}; // what it lacks here, it says on standard output
const { getDocument } = require(path.join(folder, 'legacy/build/pdf.js'));

async function main() {
    const book = await getDocument({ url: file, verbosity: 0, standardFontDataUrl: path.join(folder, 'standard_fonts/') }).promise;
    for (let number = 1; number <= book.numPages; number++) {
        const page = await book.getPage(number);
        const text = await page.getTextContent();
        process.stdout.write(text.items.map((item) => item.str + (item.hasEOL ? '\n' : '')).join('') + '\n\f');
    }
}

main().catch((error) => {
    console.error(error);
    process.exit(1);
});
