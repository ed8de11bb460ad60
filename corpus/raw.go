package corpus

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"sync"
)

// HashBytes is the name under which raw bytes are kept: "sha256:" and the hex digest.
func HashBytes(b []byte) string {
	sum := sha256.Sum256(b)
	return "sha256:" + hex.EncodeToString(sum[:])
}

var gzipWriters = sync.Pool{New: func() any {
	w, _ := gzip.NewWriterLevel(io.Discard, gzip.BestSpeed) // the level is valid: no error
	return w
}}

// pack compresses raw bytes; bytes that do not get smaller (PDF, DOCX) stay as they are.
func pack(raw []byte) (encoding string, packed []byte) {
	var buf bytes.Buffer
	w := gzipWriters.Get().(*gzip.Writer)
	defer gzipWriters.Put(w)
	w.Reset(&buf)
	if _, err := w.Write(raw); err == nil && w.Close() == nil && buf.Len() < len(raw) {
		return "gzip", buf.Bytes()
	}
	if raw == nil {
		raw = []byte{} // a NULL would break the column's promise
	}
	return "identity", raw
}

// unpack reverses pack and checks the result against its hash, which finds flipped bits that
// SQLite's own check can't see.
func unpack(encoding string, packed []byte, size int64, hash string) ([]byte, error) {
	raw := packed
	switch encoding {
	case "identity":
	case "gzip":
		r, err := gzip.NewReader(bytes.NewReader(packed))
		if err != nil {
			return nil, fmt.Errorf("raw bytes %s are damaged: %w", hash, err)
		}
		raw, err = io.ReadAll(io.LimitReader(r, size+1))
		if err != nil {
			return nil, fmt.Errorf("raw bytes %s are damaged: %w", hash, err)
		}
	default:
		return nil, fmt.Errorf("raw bytes %s are damaged: nobody knows the encoding %q", hash, encoding)
	}
	if int64(len(raw)) != size || HashBytes(raw) != hash {
		return nil, fmt.Errorf("raw bytes %s are damaged: their content has another hash", hash)
	}
	return raw, nil
}
