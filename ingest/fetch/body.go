package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"
)

// Bounds of decompression: a page of text shrinks to a tenth, markup full of repetition to a fiftieth. What grows more than a hundredfold
// after the first megabyte was made to.
const (
	mostGrowth  = 100
	growthFloor = 1 << 20
)

// watch ends a request by cancelling it when its body comes too slowly.
type watch struct {
	cancel  context.CancelCauseFunc
	idle    *time.Timer
	limits  Limits
	started time.Time
	bytes   int64 // as sent
	body    io.Reader
}

// newWatch watches over a body that begins now.
func newWatch(body io.Reader, limits Limits, cancel context.CancelCauseFunc) *watch {
	return &watch{cancel: cancel, limits: limits, started: time.Now(), body: body,
		idle: time.AfterFunc(limits.Idle, func() { cancel(errIdleLimit) })}
}

func (w *watch) Read(p []byte) (int, error) {
	n, err := w.body.Read(p)
	w.bytes += int64(n)
	if n > 0 {
		w.idle.Reset(w.limits.Idle)
	}
	// The rate is asked for after half the idle time: many servers send the head of a page at once and think about the rest.
	if took := time.Since(w.started); err == nil && took > w.limits.Idle/2 && float64(w.bytes) < float64(w.limits.MinRate)*took.Seconds() {
		w.cancel(errSlow)
		return n, errSlow
	}
	return n, err
}

// readBody reads a body to its end, decompressed. What is longer than the limit is an error, unless how.cut says that the beginning is enough.
func readBody(w *watch, encoding string, how ask) ([]byte, error) {
	defer w.idle.Stop()
	var r io.Reader = w
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "", "identity":
	case "gzip", "x-gzip":
		first := make([]byte, 1)
		if n, err := io.ReadFull(w, first); n == 0 && err == io.EOF {
			return nil, nil // an empty body needs no header of gzip
		} else if err != nil {
			return nil, err
		}
		unzipped, err := gzip.NewReader(io.MultiReader(bytes.NewReader(first), w))
		if err != nil {
			return nil, damaged(err)
		}
		r = &unzip{unzipped, w, 0}
	default:
		return nil, &Error{Class: ClassType, Reason: "the page is compressed by a method that was not asked for (" + clip(quote(encoding), 40) + ")",
			Advice: "save the page with a browser and give dateline the file"}
	}
	var b bytes.Buffer
	n, err := io.Copy(&b, io.LimitReader(r, how.most+1))
	if n > how.most {
		if how.cut {
			return b.Bytes()[:how.most], nil
		}
		return nil, tooLarge(fmt.Sprintf("the body has more than %d bytes", how.most))
	}
	if err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func tooLarge(reason string) *Error {
	return &Error{Class: ClassTooLarge, Reason: reason, Advice: "it is no news page; if it is one all the same, save it with a browser and give dateline the file"}
}

// unzip counts what decompression gives against what came.
type unzip struct {
	gz  *gzip.Reader
	in  *watch
	out int64
}

func (u *unzip) Read(p []byte) (int, error) {
	n, err := u.gz.Read(p)
	u.out += int64(n)
	if u.out > growthFloor && u.out > mostGrowth*u.in.bytes {
		return n, tooLarge(fmt.Sprintf("decompression makes more than %d times as many bytes of it", mostGrowth))
	}
	if err != nil && err != io.EOF {
		err = damaged(err)
	}
	return n, err
}

// damaged marks errors of decompression that are faults of the data. Those of the connection stay as they are.
func damaged(err error) error {
	var own *Error
	if errors.Is(err, errSlow) || errors.As(err, &own) || errors.Is(err, context.Canceled) {
		return err
	}
	return fmt.Errorf("%w: %w", io.ErrUnexpectedEOF, err)
}

// mediaType splits a Content-Type into type and character set. A type that can't be read is taken up to its first semicolon.
func mediaType(contentType string) (media, charset string) {
	media, params, err := mime.ParseMediaType(contentType)
	if err != nil && media == "" {
		head, _, _ := strings.Cut(contentType, ";")
		media = strings.ToLower(strings.TrimSpace(head))
	}
	return clip(media, 100), clip(params["charset"], 60)
}

// readable reports whether bodies of a type are text that dateline may read, or may turn out to be: pages, feeds, sitemaps, JSON, text, their compressed
// forms, and the types that servers give to what they don't know.
func readable(media string) bool {
	switch {
	case media == "", strings.HasPrefix(media, "text/"), strings.HasSuffix(media, "+xml"), strings.HasSuffix(media, "+json"):
		return media != "image/svg+xml"
	}
	switch media {
	case "application/xml", "application/json", "application/x-ndjson", "application/ndjson", "application/jsonl", "application/rss", "application/atom",
		"application/gzip", "application/x-gzip", "application/octet-stream", "binary/octet-stream", "application/unknown", "application/x-unknown-content-type":
		return true
	}
	return false
}

// typeError is the error of a body that is no text.
func typeError(media, declared string) *Error {
	reason := "it is of type " + clip(quote(media), 100) + ", which is not read from the web"
	if declared != "" {
		reason = "the server says " + clip(quote(declared), 100) + ", and sends " + media
	}
	return &Error{Class: ClassType, Reason: reason, Advice: "give the address of a web page, a feed or a sitemap"}
}

// sniffed gives the type of a body that is plainly a picture, film, sound, font, archive or PDF, whatever the server called it. The first letters
// alone don't make it one: a text that begins with "BMW" is no bitmap. It has to hold what no text holds, too.
func sniffed(body []byte) (media string, binary bool) {
	media, _ = mediaType(http.DetectContentType(body))
	switch {
	case media == "application/pdf":
		return media, true
	case media == "application/x-gzip", media == "application/octet-stream", strings.HasPrefix(media, "text/"):
		return media, false
	}
	head := body[:min(len(body), 512)]
	control := bytes.ContainsFunc(head, func(r rune) bool { return r < '\t' || r > '\r' && r < ' ' || r == utf8.RuneError })
	return media, control
}
