package org.jkasan.bench.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final int ITERATIONS = 50;

    private final ExecutorService forks = Executors.newFixedThreadPool(2);
    private final List<String> events = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void stop() {
        forks.shutdownNow();
    }

    private Callable<Void> fork(Turns turns, String name, int iterations) {
        return () -> {
            Turn turn = new Turn(turns.port());
            for (int i = 0; i < iterations; i++) {
                turn.take();
                events.add("begin " + name);
                events.add("end " + name);
                turn.pass();
            }
            turn.leave();
            return null;
        };
    }

    private static void await(List<Future<Void>> forks) throws Exception {
        for (Future<Void> fork : forks) {
            fork.get();
        }
    }

    @Test
    void turns_neverTwoAtOnce() throws Exception {
        try (Turns turns = new Turns()) {
            await(
                    forks.invokeAll(
                            List.of(fork(turns, "a", ITERATIONS), fork(turns, "b", ITERATIONS))));
        }
        assertThat(events).hasSize(4 * ITERATIONS);
        for (int i = 0; i < events.size(); i += 2) {
            assertThat(events.get(i + 1)).isEqualTo(events.get(i).replace("begin", "end"));
        }
    }

    @Test
    void turns_nobodyBeginsAlone() throws Exception {
        try (Turns turns = new Turns()) {
            await(forks.invokeAll(List.of(fork(turns, "a", 1), fork(turns, "b", 1))));
        }
        assertThat(events).contains("begin a", "begin b");
    }

    @Test
    void turns_whoComesFirstBegins() throws Exception {
        for (int i = 0; i < ITERATIONS; i++) {
            events.clear();
            try (Turns turns = new Turns()) {
                Future<Void> first = forks.submit(fork(turns, "a", 2));
                turns.awaitFirst();
                Future<Void> second = forks.submit(fork(turns, "b", 2));
                await(List.of(first, second));
            }
            assertThat(events).hasSize(8).startsWith("begin a");
        }
    }

    @Test
    void turns_whoComesFirstAndLeavesDoesNotHoldUpTheOther() throws Exception {
        try (Turns turns = new Turns()) {
            try (Socket first = new Socket(InetAddress.getLoopbackAddress(), turns.port())) {
                turns.awaitFirst();
                assertThat(first.isConnected()).isTrue();
            }
            await(List.of(forks.submit(fork(turns, "b", ITERATIONS))));
        }
        assertThat(events).hasSize(2 * ITERATIONS);
    }

    @Test
    void turns_nobodyWaitsForAFirstThatNeverComes() throws Exception {
        try (Turns turns = new Turns()) {
            turns.waitForNobody();
            turns.awaitFirst();
            await(List.of(forks.submit(fork(turns, "b", ITERATIONS))));
        }
        assertThat(events).hasSize(2 * ITERATIONS);
    }

    @Test
    void turns_whoLeavesDoesNotHoldUpTheOther() throws Exception {
        try (Turns turns = new Turns()) {
            await(forks.invokeAll(List.of(fork(turns, "a", 1), fork(turns, "b", ITERATIONS))));
        }
        assertThat(events).hasSize(2 + 2 * ITERATIONS);
    }

    @Test
    void turns_whoEndsInItsTurnDoesNotHoldUpTheOther() throws Exception {
        try (Turns turns = new Turns()) {
            Callable<Void> crash =
                    () -> {
                        Turn turn = new Turn(turns.port());
                        turn.take();
                        turn.leave();
                        return null;
                    };
            await(forks.invokeAll(List.of(crash, fork(turns, "b", ITERATIONS))));
        }
        assertThat(events).hasSize(2 * ITERATIONS);
    }

    @Test
    void turns_whoNeverComesDoesNotHoldUpTheOther() throws Exception {
        try (Turns turns = new Turns()) {
            Future<Void> alone = forks.submit(fork(turns, "a", ITERATIONS));
            turns.waitForNobody();
            alone.get();
        }
        assertThat(events).hasSize(2 * ITERATIONS);
    }

    @Test
    void turn_withoutTurnsJustRuns() throws IOException {
        Turn turn = new Turn(null);
        turn.take();
        turn.pass();
        turn.leave();
        assertThat(turn).isNotNull();
    }
}
