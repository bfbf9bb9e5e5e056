package org.jkasan.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jkasan.config.FaultMode;
import org.jkasan.config.KasanConfig;
import org.jkasan.config.StackMode;
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
        KasanConfig config =
                new KasanConfig(
                        FaultMode.REPORT,
                        false,
                        Optional.empty(),
                        false,
                        StackMode.AUTO,
                        true,
                        false,
                        List.of("*"),
                        List.of(),
                        Optional.empty());
        assertThat(ReportSink.of(config)).isSameAs(ReportSink.stderr());
    }
}
