package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(cleaning{m}, map[string]func(){
		"dateline":    func() { armFaults(); main() },
		decideProgram: func() { armFaults(); decideMain() },
	})
}

// cleaning runs the tests and removes what they share.
type cleaning struct{ *testing.M }

// Run implements testscript.TestingM.
func (c cleaning) Run() int {
	defer removeInputs()
	return c.M.Run()
}

// TestScripts runs the transcripts in testdata/script. Beyond the commands of testscript they have
//
//	exits N COMMAND ARGS…   the command ends with exactly this exit code
//	site DIR                serves a folder on this machine; $SITE is its address
//	asked FILE              writes what the site was asked since the last time, "STATUS PATH" a line
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("SOURCE_DATE_EPOCH", "1700000000") // tests do not see the clock
			env.Setenv("DATELINE_DB", "")
			env.Values[scriptSiteKey{}] = new(scriptSite)
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"site":  serveSite,
			"asked": writeAsked,
			"exits": func(ts *testscript.TestScript, neg bool, args []string) {
				if neg || len(args) < 2 {
					ts.Fatalf("usage: exits N COMMAND ARGS…")
				}
				want, err := strconv.Atoi(args[0])
				ts.Check(err)
				got := 0
				if err := ts.Exec(args[1], args[2:]...); err != nil {
					var exit *exec.ExitError
					if !errors.As(err, &exit) {
						ts.Fatalf("%s: %v", args[1], err)
					}
					got = exit.ExitCode()
				}
				if got != want {
					ts.Fatalf("%v ended with exit code %d, want %d", args[1:], got, want)
				}
			},
		},
	})
}

// dateline is the program under test as a process of its own, in folder dir.
func dateline(t *testing.T, dir string, args ...string) *exec.Cmd {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute) // a program that hangs is a failure, not a wait
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, program)
	cmd.Args = append([]string{"dateline"}, args...) // the name tells TestMain to be the program
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "SOURCE_DATE_EPOCH=1700000000", "DATELINE_DB=")
	return cmd
}
