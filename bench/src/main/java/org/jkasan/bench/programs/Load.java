package org.jkasan.bench.programs;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The programs by name: where Maven has them, and what they are given to do. None is a dependency
 * of this module, so they are called by reflection or by the JDK's own interfaces.
 */
public enum Load {
    ECJ(
            "ECJ compiles Guava",
            "org.eclipse.jdt:ecj:3.37.0",
            "com.google.guava:guava:33.4.8-jre",
            "com.google.guava:guava:33.4.8-jre:sources!") {
        @Override
        Workload start(Path scratch) throws Exception {
            return new Ecj(scratch);
        }
    },
    LUCENE("Lucene's benchmark", "org.apache.lucene:lucene-benchmark:8.11.2") {
        @Override
        Workload start(Path scratch) {
            return new Lucene(scratch);
        }
    },
    H2("H2 over a script", "com.h2database:h2:2.2.224") {
        @Override
        Workload start(Path scratch) {
            return new H2();
        }
    },
    JACKSON("Jackson reads, writes", "com.fasterxml.jackson.core:jackson-databind:2.16.2") {
        @Override
        Workload start(Path scratch) throws Exception {
            return new Jackson();
        }
    },
    BZIP2("commons-compress bzip2", "org.apache.commons:commons-compress:1.27.1") {
        @Override
        Workload start(Path scratch) throws Exception {
            return new Bzip2();
        }
    },
    GROOVY("Groovy compiles, runs", "org.apache.groovy:groovy:4.0.29") {
        @Override
        Workload start(Path scratch) throws Exception {
            return new Groovy();
        }
    },
    KOTLIN("Kotlin's compiler", "org.jetbrains.kotlin:kotlin-compiler-embeddable:2.2.21") {
        @Override
        Workload start(Path scratch) throws Exception {
            return new Kotlin(scratch);
        }
    },
    BOUNCY_CASTLE("BouncyCastle", "org.bouncycastle:bcprov-jdk18on:1.78.1") {
        @Override
        Workload start(Path scratch) throws Exception {
            return new BouncyCastle();
        }
    },
    NETTY("Netty's microbenchmarks", Load.netty()) {
        @Override
        Workload start(Path scratch) {
            return new Netty();
        }
    },
    AERON("Aeron IPC", "io.aeron:aeron-samples:1.46.7") {
        @Override
        Workload start(Path scratch) throws Exception {
            return new Aeron(scratch);
        }
    },
    SAXON("Xerces and Saxon", "xerces:xercesImpl:2.12.2", "net.sf.saxon:Saxon-HE:12.4") {
        @Override
        Workload start(Path scratch) throws Exception {
            return new Saxon();
        }
    };

    private final String title;
    private final List<String> coordinates;

    Load(String title, String... coordinates) {
        this.title = title;
        this.coordinates = List.of(coordinates);
    }

    /** Without what they depend on: that is named by properties which a resolver does not have. */
    private static String[] netty() {
        return Stream.of(
                        "microbench",
                        "common",
                        "buffer",
                        "transport",
                        "codec",
                        "codec-http",
                        "codec-http2",
                        "handler",
                        "resolver",
                        "transport-native-unix-common")
                .map(artifact -> "io.netty:netty-" + artifact + ":4.1.137.Final!")
                .toArray(String[]::new);
    }

    /** Its name in the scoreboard. */
    public String title() {
        return title;
    }

    /** What Maven is to resolve. */
    public List<String> coordinates() {
        return coordinates;
    }

    /**
     * Makes its input.
     *
     * @param scratch a directory of its own
     */
    abstract Workload start(Path scratch) throws Exception;
}
