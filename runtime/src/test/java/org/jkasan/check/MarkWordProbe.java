package org.jkasan.check;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;

/**
 * A program that tracks arrays, has them moved and locked in every way, and prints whether they
 * were always found, and nothing else was.
 */
final class MarkWordProbe {

    private static final long BASE = 0x7000_0000_0000L;
    private static final int COUNT = 400;
    private static final int ROUNDS = 20;

    private final HeapArrays arrays = new HeapArrays();
    private final Object[] tracked = new Object[COUNT];
    private final Object[] others = new Object[COUNT];
    private int wrong;

    private MarkWordProbe() {}

    public static void main(String[] arguments) throws InterruptedException {
        MarkWordProbe probe = new MarkWordProbe();
        probe.allocate();
        probe.look();
        for (int i = 0; i < ROUNDS; i++) {
            churn();
            probe.look();
        }
        probe.lookWhileLockedHere();
        probe.lookWhileLockedElsewhere();
        churn();
        probe.look();
        System.out.println(
                (MarkWord.isKnown() ? "known" : "not known")
                        + ": "
                        + (probe.wrong == 0 ? "all found" : probe.wrong + " wrong answers"));
    }

    private static Object array(int i) {
        return switch (i & 3) {
            case 0 -> new byte[i];
            case 1 -> new int[i];
            case 2 -> new char[i];
            default -> new double[i];
        };
    }

    private void allocate() {
        for (int i = 0; i < COUNT; i++) {
            tracked[i] = array(i);
            others[i] = array(i);
            if ((i & 16) != 0) {
                // Locked before it is tracked: its header has been something else already.
                synchronized (tracked[i]) {
                    arrays.track(tracked[i], BASE + 8L * i);
                }
            } else {
                arrays.track(tracked[i], BASE + 8L * i);
            }
            if ((i & 32) != 0) {
                System.identityHashCode(others[i]);
            }
        }
    }

    private static void churn() {
        Object[] garbage = new Object[64];
        for (int i = 0; i < 20_000; i++) {
            garbage[i & 63] = new byte[i & 1023];
        }
        System.gc();
    }

    private void look() {
        for (int i = 0; i < COUNT; i++) {
            look(i);
        }
    }

    private void look(int i) {
        wrong += arrays.handle(tracked[i]) == BASE + 8L * i ? 0 : 1;
        wrong += arrays.handle(others[i]) == 0 ? 0 : 1;
    }

    private void lookWhileLockedHere() {
        for (int i = 0; i < COUNT; i++) {
            synchronized (tracked[i]) {
                synchronized (others[i]) {
                    look(i);
                    if (i % 50 == 0) {
                        System.gc();
                        look();
                    }
                }
            }
        }
    }

    /** Another thread owns the monitors, and then waits on them, which makes them heavy. */
    private void lookWhileLockedElsewhere() throws InterruptedException {
        for (int i = 0; i < 40; i++) {
            CountDownLatch locked = new CountDownLatch(1);
            Phaser looked = new Phaser(2);
            Object first = tracked[i];
            Object second = others[i];
            Thread owner =
                    new Thread(
                            () -> {
                                synchronized (first) {
                                    synchronized (second) {
                                        locked.countDown();
                                        looked.arriveAndAwaitAdvance();
                                        await(second);
                                    }
                                }
                            });
            owner.start();
            locked.await();
            look(i);
            looked.arriveAndAwaitAdvance();
            synchronized (second) {
                look(i);
                second.notifyAll();
            }
            owner.join();
            look(i);
        }
    }

    private static void await(Object monitor) {
        try {
            monitor.wait(10);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
