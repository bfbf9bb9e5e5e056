package org.jkasan.samples.agent;

import java.util.List;
import java.util.stream.Stream;

/** Test suites that real libraries publish, and what each needs to run. */
enum Suite {
    SPARK_UNSAFE(
            List.of(
                    "org.apache.spark:spark-unsafe_2.13:4.0.0:tests",
                    "org.apache.spark:spark-unsafe_2.13:4.0.0",
                    "org.apache.spark:spark-network-common_2.13:4.0.0",
                    "com.google.guava:guava:33.4.8-jre"),
            List.of("--select-package=org.apache.spark.unsafe", "--include-classname=.*Suite$")),
    ARROW(
            List.of(
                    "org.apache.arrow:arrow-vector:18.3.0:tests!",
                    "org.apache.arrow:arrow-memory-core:18.3.0:tests!",
                    "org.apache.arrow:arrow-vector:18.3.0",
                    "org.apache.arrow:arrow-memory-netty:18.3.0",
                    "org.assertj:assertj-core:3.27.3",
                    "org.hamcrest:hamcrest:2.2",
                    "com.google.guava:guava:33.4.8-jre",
                    "ch.qos.logback:logback-classic:1.5.18"),
            List.of(
                    "--select-package=org.apache.arrow.vector",
                    "--select-package=org.apache.arrow.memory")),
    KAFKA(
            List.of(
                    "org.apache.kafka:kafka-clients:3.9.1:test!",
                    "org.apache.kafka:kafka-clients:3.9.1",
                    "org.mockito:mockito-junit-jupiter:4.11.0",
                    "org.hamcrest:hamcrest:2.2",
                    "org.slf4j:slf4j-nop:1.7.36",
                    "com.fasterxml.jackson.core:jackson-databind:2.16.2",
                    "org.bitbucket.b_c:jose4j:0.9.4"),
            List.of(
                    "--select-package=org.apache.kafka.clients.producer.internals",
                    "--select-package=org.apache.kafka.common.record",
                    "--select-package=org.apache.kafka.common.compress",
                    "--select-package=org.apache.kafka.common.utils",
                    "--include-classname=.*Test")),
    NETTY_BUFFER(
            List.of(
                    "io.netty:netty-buffer:4.1.119.Final:tests!",
                    "io.netty:netty-common:4.1.119.Final:tests!",
                    "io.netty:netty-buffer:4.1.119.Final",
                    "org.mockito:mockito-core:2.28.2",
                    "org.hamcrest:hamcrest-library:1.3",
                    "org.assertj:assertj-core:3.18.0",
                    "junit:junit:4.13.2",
                    "ch.qos.logback:logback-classic:1.1.7"),
            List.of("--select-package=io.netty.buffer")),
    NETTY_COMMON(
            List.of(
                    "io.netty:netty-common:4.1.119.Final:tests!",
                    "io.netty:netty-common:4.1.119.Final",
                    "org.mockito:mockito-core:2.28.2",
                    "org.hamcrest:hamcrest-library:1.3",
                    "org.assertj:assertj-core:3.18.0",
                    "junit:junit:4.13.2",
                    "ch.qos.logback:logback-classic:1.1.7",
                    "org.apache.logging.log4j:log4j-core:2.17.2",
                    "log4j:log4j:1.2.17",
                    "commons-logging:commons-logging:1.2",
                    "org.jctools:jctools-core:4.0.5"),
            List.of("--select-package=io.netty.util")),
    COMMONS_LANG(
            List.of(
                    "org.apache.commons:commons-lang3:3.17.0:tests!",
                    "org.apache.commons:commons-lang3:3.17.0",
                    "org.junit-pioneer:junit-pioneer:2.3.0",
                    "org.easymock:easymock:5.4.0",
                    "org.hamcrest:hamcrest:3.0",
                    "org.apache.commons:commons-text:1.12.0",
                    "com.google.code.findbugs:jsr305:3.0.2"),
            List.of("--select-package=org.apache.commons.lang3"));

    /** What runs the tests; first, so that no library brings an older part of it. */
    private static final List<String> JUNIT =
            List.of(
                    "org.junit.jupiter:junit-jupiter:5.11.4",
                    "org.junit.platform:junit-platform-console:1.11.4");

    private final List<String> coordinates;
    private final List<String> selectors;

    Suite(List<String> coordinates, List<String> selectors) {
        this.coordinates = coordinates;
        this.selectors = selectors;
    }

    /** What Maven is to resolve, the launcher of tests among it. */
    List<String> coordinates() {
        return Stream.of(JUNIT, coordinates).flatMap(List::stream).toList();
    }

    /** Which of its tests, as arguments of that launcher. */
    List<String> selectors() {
        return selectors;
    }
}
