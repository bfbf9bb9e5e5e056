package org.jkasan.bench.turn;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/**
 * Hands out turns to two benchmarks in JVMs of their own. The first turn is given when both have
 * come, to the one that came first, so that their iterations alternate from the beginning; who
 * leaves, or never comes because its JVM ended, does not hold up the other.
 */
public final class Turns implements AutoCloseable {

    private static final int BENCHMARKS = 2;

    private final ServerSocket server;
    private final CountDownLatch missing = new CountDownLatch(BENCHMARKS);
    private final CountDownLatch firstCame = new CountDownLatch(1);

    /** Whether the first to come has taken its first turn, or is gone. */
    private final CountDownLatch firstBegan = new CountDownLatch(1);

    /** Fair: who waits gets the turn before who comes back for the next. */
    private final Semaphore turn = new Semaphore(1, true);

    /** Opens for two benchmarks. */
    public Turns() throws IOException {
        server = new ServerSocket(0, BENCHMARKS, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    /** The option of a JVM that lets its benchmark take part. */
    public String option() {
        return "-D" + Turn.PORT + "=" + port();
    }

    int port() {
        return server.getLocalPort();
    }

    /** Waits for the first benchmark to come, or for {@link #waitForNobody}. */
    public void awaitFirst() throws InterruptedException {
        firstCame.await();
    }

    /** Stops waiting for benchmarks that have not come yet. */
    public void waitForNobody() {
        firstCame.countDown();
        while (missing.getCount() > 0) {
            missing.countDown();
        }
    }

    @Override
    public void close() throws IOException {
        waitForNobody();
        server.close();
    }

    private void accept() {
        boolean first = true;
        while (!server.isClosed()) {
            try {
                Socket benchmark = server.accept();
                boolean begins = first;
                daemon(() -> serve(benchmark, begins));
                firstCame.countDown();
                first = false;
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket benchmark, boolean begins) {
        boolean hasTurn = false;
        try (benchmark) {
            benchmark.setTcpNoDelay(true);
            missing.countDown();
            missing.await();
            for (int wish = benchmark.getInputStream().read();
                    wish >= 0;
                    wish = benchmark.getInputStream().read()) {
                if (wish == Turn.TAKE) {
                    if (!begins) {
                        firstBegan.await();
                    }
                    turn.acquire();
                    firstBegan.countDown();
                    hasTurn = true;
                    benchmark.getOutputStream().write(Turn.TAKE);
                } else {
                    hasTurn = false;
                    turn.release();
                }
            }
        } catch (IOException gone) {
            // Its JVM ended; whoever runs that JVM says why.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            firstBegan.countDown();
            if (hasTurn) {
                turn.release();
            }
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "turns");
        thread.setDaemon(true);
        thread.start();
    }
}
