package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
)

// logHandler prints log records for people: "dateline: warning: message (key: value)". It has
// no time stamps, so that the same run gives the same messages, and everything goes
// through the printer. A progress bar is taken off the line first.
type logHandler struct {
	w      io.Writer
	level  slog.Level
	attrs  []slog.Attr
	shared *logShared // by all handlers that WithAttrs makes
}

type logShared struct {
	mu    sync.Mutex // one message at a time
	clear func()
}

func newLogHandler(w io.Writer, level slog.Level) *logHandler {
	return &logHandler{w: w, level: level, shared: new(logShared)}
}

// setClear sets what takes a progress bar off the line, or nil.
func (h *logHandler) setClear(clear func()) {
	h.shared.mu.Lock()
	defer h.shared.mu.Unlock()
	h.shared.clear = clear
}

// Enabled implements slog.Handler.
func (h *logHandler) Enabled(_ context.Context, level slog.Level) bool { return level >= h.level }

// Handle implements slog.Handler.
func (h *logHandler) Handle(_ context.Context, r slog.Record) error {
	var b strings.Builder
	b.WriteString("dateline: ")
	switch {
	case r.Level >= slog.LevelError: // a message that begins with its input reads like a compiler's
	case r.Level >= slog.LevelWarn:
		b.WriteString("warning: ")
	case r.Level < slog.LevelInfo:
		b.WriteString("debug: ")
	}
	b.WriteString(oneLine(r.Message))
	var parts []string
	add := func(a slog.Attr) bool {
		parts = append(parts, oneLine(fmt.Sprintf("%s: %v", a.Key, a.Value)))
		return true
	}
	for _, a := range h.attrs {
		add(a)
	}
	r.Attrs(add)
	if len(parts) > 0 {
		b.WriteString(" (" + strings.Join(parts, ", ") + ")")
	}
	b.WriteByte('\n')
	h.shared.mu.Lock()
	defer h.shared.mu.Unlock()
	if h.shared.clear != nil {
		h.shared.clear()
	}
	_, err := io.WriteString(h.w, b.String())
	return err
}

// WithAttrs implements slog.Handler.
func (h *logHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	c := *h
	c.attrs = append(append([]slog.Attr{}, h.attrs...), attrs...)
	return &c
}

// WithGroup implements slog.Handler. Messages for people have no groups.
func (h *logHandler) WithGroup(string) slog.Handler { return h }
