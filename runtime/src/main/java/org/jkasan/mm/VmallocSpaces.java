package org.jkasan.mm;

import java.util.List;
import org.jkasan.check.Sanitizer;

/** The windows of a kernel in which areas are allocated: vmalloc space and the module area. */
final class VmallocSpaces {

    private final Gate gate;
    private final VmallocSpace vmalloc;
    private final VmallocSpace modules;
    private final ModuleKasan moduleKasan;

    private VmallocSpaces(
            Gate gate, VmallocSpace vmalloc, VmallocSpace modules, ModuleKasan moduleKasan) {
        this.gate = gate;
        this.vmalloc = vmalloc;
        this.modules = modules;
        this.moduleKasan = moduleKasan;
    }

    /**
     * Reserves them.
     *
     * @param sanitizer who watches, or null without KASAN
     */
    static VmallocSpaces reserve(VmallocMachine machine, Sanitizer sanitizer, MemoryConfig config) {
        MemoryLayout layout = config.layout();
        boolean real = sanitizer != null && config.kasanVmalloc() && layout.hasKasanVmalloc();
        KernelWindow window =
                window(machine, layout.vmallocStart(), config.vmallocSize(), "vmalloc space");
        PageTable pages = pages(machine, window);
        VmallocKasan kasan =
                real ? new VmallocShadow(window, pages, sanitizer, machine.ram()) : new NoKasan();
        VmallocSpace vmalloc =
                space(
                        machine,
                        window,
                        pages,
                        kasan,
                        new VmapAreas(
                                VmapTable.of(window), machine.cpus(), machine.lazyMaxPages()));
        long size = layout.modulesEnd() - layout.modulesStart();
        KernelWindow modules = window(machine, layout.modulesStart(), size, "the module area");
        PageTable modulePages = pages(machine, modules);
        VmapAreas areas =
                VmapAreas.withoutPools(
                        VmapTable.of(modules), machine.cpus(), machine.lazyMaxPages());
        if (sanitizer != null && !real) {
            ModuleShadow shadow = new ModuleShadow(machine, sanitizer, modules);
            return new VmallocSpaces(
                    machine.gate(),
                    vmalloc,
                    space(machine, modules, modulePages, shadow, areas),
                    shadow);
        }
        VmallocKasan same =
                real
                        ? new VmallocShadow(modules, modulePages, sanitizer, machine.ram())
                        : new NoKasan();
        return new VmallocSpaces(
                machine.gate(),
                vmalloc,
                space(machine, modules, modulePages, same, areas),
                ModuleKasan.OF_VMALLOC);
    }

    private static KernelWindow window(
            VmallocMachine machine, long start, long size, String purpose) {
        KernelWindow window = KernelWindow.reserve(machine.host(), start, size, purpose);
        machine.cleanup().add(() -> window.release(machine.host()));
        return window;
    }

    private static PageTable pages(VmallocMachine machine, KernelWindow window) {
        PageTable pages = new PageTable(machine.host(), window);
        machine.cleanup().add(() -> pages.release(machine.host()));
        return pages;
    }

    private static VmallocSpace space(
            VmallocMachine machine,
            KernelWindow window,
            PageTable pages,
            VmallocKasan kasan,
            VmapAreas areas) {
        machine.cleanup().add(kasan::close);
        return new VmallocSpace(machine, window, pages, kasan, areas);
    }

    VmallocSpace vmalloc() {
        return vmalloc;
    }

    VmallocSpace modules() {
        return modules;
    }

    ModuleKasan moduleKasan() {
        return moduleKasan;
    }

    /** Fails where the kernel is closed. */
    void requireOpen() {
        gate.pass();
    }

    List<VmallocSpace> all() {
        return List.of(vmalloc, modules);
    }

    /** The one that an address belongs to; vmalloc space for an address in neither. */
    VmallocSpace of(long addr) {
        gate.pass();
        return modules.window().contains(addr) ? modules : vmalloc;
    }

    /** Purges whatever was freed before the call, and what was kept, in both. */
    void purge() {
        gate.pass();
        vmalloc.purge().purge();
    }

    /** Lets reports say what lies in the windows. */
    void attach(Sanitizer sanitizer) {
        all().forEach(space -> space.attach(sanitizer));
    }

    void detach(Sanitizer sanitizer) {
        all().forEach(space -> space.detach(sanitizer));
    }
}
