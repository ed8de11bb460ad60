package gazetteer

// Bits says which lists hold a word.
type Bits uint16

// The lists, as bits of Bits.
const (
	IsForename  = Bits(inForenames)
	IsSurname   = Bits(inSurnames)
	IsAmbiguous = Bits(inAmbiguous) // also a plain English word, month, title or common noun
	IsCountry   = Bits(inCountries)
	IsRegion    = Bits(inRegions)
	IsCity      = Bits(inCities)
	IsDemonym   = Bits(inDemonyms)
)

// Lookup returns all that the lists say about one word. It costs one look-up where the
// functions for single lists would cost one each.
func Lookup(w string) Bits { return Bits(load().word(w) &^ (isPrefix | preferCity)) }
