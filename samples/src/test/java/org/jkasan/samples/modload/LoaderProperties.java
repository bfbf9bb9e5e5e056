package org.jkasan.samples.modload;

import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Spoiled files: a load, or one sentence; never an oops, nor any other exception. */
class LoaderProperties {

    private static MutationLoop loop;

    @BeforeContainer
    static void boot() throws IOException {
        loop = new MutationLoop();
    }

    @AfterContainer
    static void close() {
        loop.close();
    }

    @Property(tries = 3000, shrinking = ShrinkingMode.OFF)
    void load_spoiledFile_loadsOrIsRefused(@ForAll @LongRange(min = 0) long seed) {
        loop.load(seed);
    }
}
