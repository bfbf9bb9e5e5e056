package org.jkasan.bench.turn;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A benchmark that waits for its turn before each iteration, where {@link Turns} hands them out;
 * started by JMH alone, it just runs.
 */
@State(Scope.Thread)
public class Turn {

    /** The system property with the port of the one that hands out the turns. */
    static final String PORT = "jkasan.bench.turns";

    /** What the benchmark sends before an iteration, and gets back when it may begin. */
    static final int TAKE = 't';

    /** What the benchmark sends after an iteration. */
    static final int PASS = 'p';

    private final Integer port;

    private Socket turns;

    /** Takes part where the system property says so. */
    public Turn() {
        this(Integer.getInteger(PORT));
    }

    /** Takes part unless the port is null. */
    Turn(Integer port) {
        this.port = port;
    }

    /** Waits for the turn. */
    @Setup(Level.Iteration)
    public void take() throws IOException {
        if (port == null) {
            return;
        }
        if (turns == null) {
            turns = new Socket(InetAddress.getLoopbackAddress(), port);
            turns.setTcpNoDelay(true);
        }
        turns.getOutputStream().write(TAKE);
        if (turns.getInputStream().read() != TAKE) {
            throw new IOException("The one that hands out the turns is gone.");
        }
    }

    /** Passes the turn on. */
    @TearDown(Level.Iteration)
    public void pass() throws IOException {
        if (turns != null) {
            turns.getOutputStream().write(PASS);
        }
    }

    /** Leaves for good. */
    @TearDown(Level.Trial)
    public void leave() throws IOException {
        if (turns != null) {
            turns.close();
        }
    }
}
