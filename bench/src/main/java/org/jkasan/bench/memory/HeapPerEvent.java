package org.jkasan.bench.memory;

import java.util.Arrays;
import org.jkasan.config.KasanConfig;
import org.jkasan.report.Task;
import org.jkasan.report.Track;
import org.jkasan.report.TrackDepot;

/**
 * How many bytes of Java heap an event takes whose stack the depot has, whichever of a few tasks it
 * is of, as a program that prints it: without the reference to the track, in whole bytes.
 */
public final class HeapPerEvent {

    private static final Task[] TASKS = {
        new Task("swapper", 0), new Task("init", 1), new Task("kthreadd", 2), new Task("bash", 3)
    };

    private HeapPerEvent() {}

    /** Takes the number of events. */
    public static void main(String[] args) {
        TrackDepot depot = new TrackDepot(KasanConfig.defaults(), text -> {});
        Track[] tracks = new Track[Integer.parseInt(args[0])];
        long before = 0;
        for (Track[] events : new Track[][] {new Track[TASKS.length], tracks}) {
            before = HeapPerArea.used();
            record(depot, events);
        }
        long after = HeapPerArea.used();
        if (Arrays.asList(tracks).contains(null)) {
            throw new IllegalStateException("An event has no track");
        }
        System.out.println(Math.round((double) (after - before) / tracks.length));
    }

    private static void record(TrackDepot depot, Track[] tracks) {
        for (int i = 0; i < tracks.length; i++) {
            Task.enter(TASKS[i % TASKS.length]);
            tracks[i] = depot.here();
        }
    }
}
