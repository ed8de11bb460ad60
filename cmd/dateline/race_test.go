//go:build race

package main

// raceDetector says that times measured in this build mean nothing.
const raceDetector = true
