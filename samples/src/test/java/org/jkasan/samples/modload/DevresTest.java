package org.jkasan.samples.modload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.jkasan.kernel.Kernel;
import org.jkasan.mm.Vmalloc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DevresTest {

    private final Kernel kernel = Kernel.boot();
    private final Vmalloc vmalloc = kernel.vmalloc();
    private final Devres devres = new Devres(vmalloc);

    @AfterEach
    void close() {
        kernel.close();
    }

    @Test
    void close_freesAllThatIsLeft() throws BadModuleException {
        ByteBuffer buffer = devres.buffer(10);
        int[] ints = devres.ints(0);
        long[] longs = devres.longs(3);
        assertThat(devres.addressOf(buffer)).isNotZero();
        assertThat(ints).hasSize(1);
        assertThat(vmalloc.addressOf(longs)).isNotZero();
        devres.free(ints);
        devres.close();
        assertThat(vmalloc.addressOf(ints)).isZero();
        assertThat(vmalloc.addressOf(longs)).isZero();
    }

    @Test
    void close_givesTheSpaceBack() throws BadModuleException {
        long area = devres.area(5000);
        long zeroed = devres.zeroedArea(1);
        devres.close();
        vmalloc.purge();
        assertThat(devres.area(5000)).isEqualTo(area);
        assertThat(devres.area(1)).isEqualTo(zeroed);
    }
}
