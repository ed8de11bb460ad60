//go:build !race

package extract

// raceDetector says that times measured in this build mean nothing.
const raceDetector = false
