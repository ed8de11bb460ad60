// Command dateline-train makes the data that dateline embeds: the name lists of
// extract/gazetteer and the model of extract/tagger. It is run by hand when the public data
// behind them changes; dateline itself never needs it. Both results depend on the input
// files alone: the same files give the same bytes.
package main

import (
	"fmt"
	"os"
)

const usage = `usage:
  dateline-train gazetteer [--out extract/gazetteer/lists] DIR
  dateline-train tagger --data DIR [--out extract/tagger/model.bin] [--eval]
  dateline-train confidence [--out extract/confidence.txt] --learn GOLD[=DOCUMENTS] ... --settle GOLD

DIR holds gazetteers/ (public name lists) and ner/ (token–label files).
`

func main() {
	if len(os.Args) < 2 {
		fmt.Fprint(os.Stderr, usage)
		os.Exit(2)
	}
	var err error
	switch os.Args[1] {
	case "gazetteer":
		err = gazetteerCommand(os.Args[2:])
	case "tagger":
		err = taggerCommand(os.Args[2:])
	case "confidence":
		err = confidenceCommand(os.Args[2:])
	default:
		fmt.Fprintf(os.Stderr, "dateline-train: no command %q\n%s", os.Args[1], usage)
		os.Exit(2)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "dateline-train: %v\n", err)
		os.Exit(1)
	}
}
