//go:build !unix || solaris || illumos || aix

package main

// lockFetching does nothing on systems without flock: there, who starts two runs at once asks hosts twice as often.
func lockFetching(string) (unlock func(), err error) { return func() {}, nil }
