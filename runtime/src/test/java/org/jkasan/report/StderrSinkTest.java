package org.jkasan.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jkasan.config.KasanConfig;
import org.junit.jupiter.api.Test;

class StderrSinkTest {

    @Test
    void write_wholeTextAtOnce() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new StderrSink(out, StandardCharsets.UTF_8).write("one\ntw\u00f6\n");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("one\ntw\u00f6\n");
    }

    @Test
    void closedStream_isNoErrorOfTheProgram() {
        OutputStream closed =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("closed");
                    }
                };
        new StderrSink(closed, StandardCharsets.UTF_8).write("lost\n");
    }

    @Test
    void sinkOfConfig_isStderrUnlessAFileIsNamed() {
        assertThat(ReportSink.of(KasanConfig.defaults())).isSameAs(ReportSink.stderr());
    }
}
