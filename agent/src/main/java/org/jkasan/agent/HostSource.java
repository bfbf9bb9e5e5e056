package org.jkasan.agent;

import java.util.function.Supplier;
import org.jkasan.host.HostMemory;
import org.jkasan.host.jna.JnaStart;

/**
 * The host's memory, over JNA in its layer, both of which begin when somebody asks. Nobody else may
 * mention a class of that layer: it would be loaded before its module is there.
 */
final class HostSource implements Supplier<HostMemory> {

    private final Supplier<Module> layer;

    HostSource(Supplier<Module> layer) {
        this.layer = layer;
    }

    @Override
    public HostMemory get() {
        NativeAccess.allow(layer.get());
        return JnaStart.hostMemory();
    }
}
