package org.jkasan.report;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;

/**
 * The process's stderr, written past {@code System.err}: a program may have replaced that, or hold
 * its lock at the bad access.
 */
final class StderrSink implements ReportSink {

    static final StderrSink INSTANCE =
            new StderrSink(new FileOutputStream(FileDescriptor.err), Charset.defaultCharset());

    private final OutputStream stream;
    private final Charset charset;

    StderrSink(OutputStream stream, Charset charset) {
        this.stream = stream;
        this.charset = charset;
    }

    @Override
    public void write(String text) {
        try {
            stream.write(text.getBytes(charset));
            stream.flush();
        } catch (IOException closed) {
            return; // There is nowhere left to say so.
        }
    }
}
