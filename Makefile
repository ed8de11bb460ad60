# Shortcuts. Everything here is a plain go command that works without make.

tags = -tags sqlite_fts5

.PHONY: build test race bench faults check readme clean

build: ## the program, ./dateline
	go build $(tags) ./cmd/dateline

test: ## all tests
	go test $(tags) ./...

race: ## the packages with concurrency, under the race detector
	go test -race -short $(tags) ./corpus ./extract ./ingest ./ingest/fetch
	go test -race -short $(tags) -run 'InOrder|Interrupt|Workers|FaultStops|FaultTogether|ReaderGoesAway' ./cmd/dateline

bench: ## speed of extraction beside prose, of ingest, and the peak memory of a large ingest
	go test $(tags) ./extract -run '^$$' -bench . -cpu 1
	go test $(tags) ./cmd/dateline -run '^$$' -bench . -benchtime 5x
	go test $(tags) ./cmd/dateline -run TestPeakMemory -v -count 1

faults: ## every fault test in full, which takes an hour or so; what was tried is printed
	@log=$$(mktemp); \
	DATELINE_FAULTS=full go test $(tags) ./corpus ./ingest ./cmd/dateline -run 'Fault|Histories|Killed|Backup' -count 1 -timeout 4h -v >$$log 2>&1; status=$$?; \
	grep -E 'FAULTS|NOT TESTED|^ *--- (FAIL|SKIP)|^(ok|FAIL|panic)|_test.go' $$log; rm -f $$log; exit $$status

readme: build ## the transcripts of README.md anew
	go test $(tags) . -update

check: ## what continuous integration runs
	.ci/run

clean:
	rm -f dateline
