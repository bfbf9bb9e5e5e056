package org.jkasan.report;

/** The part of a report in JSON that says what holds the address: one object for each region. */
final class RegionJson {

    private final ReportJson report;
    private final JsonWriter json;

    RegionJson(ReportJson report, JsonWriter json) {
        this.report = report;
        this.json = json;
    }

    void of(Region region) {
        json.beginObject();
        if (region instanceof VmallocRegion area) {
            vmalloc(area);
        } else if (region instanceof StackRegion stack) {
            stack(stack);
        } else if (region instanceof SlabRegion object) {
            slab(object);
        } else if (region instanceof VariableRegion variable) {
            variable(variable);
        } else if (region instanceof PageRegion page) {
            page(page);
        }
        json.endObject();
    }

    private void vmalloc(VmallocRegion area) {
        json.name("kind").value("vmalloc");
        json.name("start").address(area.start());
        json.name("requested_size").value(area.requestedSize());
        json.name("pages").value(area.pages());
        report.track("allocated", area.allocated());
        report.track("freed", area.freed());
    }

    private void stack(StackRegion stack) {
        json.name("kind").value("stack");
        report.task(stack.task());
        json.name("current").value(stack.current());
        json.name("start").address(stack.start());
        json.name("end").address(stack.end());
        json.name("frame");
        stack.frame().ifPresentOrElse(this::frame, () -> json.value(null));
    }

    private void frame(FrameInfo frame) {
        json.beginObject().name("function").value(frame.function());
        json.name("start").address(frame.start());
        json.name("marker").address(frame.marker());
        report.list(
                "objects",
                frame.objects(),
                (writer, object) -> {
                    writer.beginObject().name("name").value(object.name());
                    writer.name("start").value(object.start());
                    writer.name("end").value(object.end()).endObject();
                });
        json.endObject();
    }

    private void slab(SlabRegion object) {
        json.name("kind").value("slab");
        json.name("start").address(object.start());
        json.name("cache").value(object.cache());
        json.name("object_size").value(object.objectSize());
        json.name("size").value(object.size());
        report.track("allocated", object.allocated());
        report.track("freed", object.freed());
        report.list("works", object.works(), (writer, track) -> report.track(track));
    }

    private void variable(VariableRegion variable) {
        json.name("kind").value("variable");
        json.name("name").value(variable.name());
        json.name("start").address(variable.start());
        json.name("size").value(variable.size());
    }

    private void page(PageRegion page) {
        json.name("kind").value("page");
        json.name("pfn").value(page.pfn());
        json.name("refcount").value(page.refcount());
        json.name("order").value(page.order());
        json.name("compound").value(page.compound());
        json.name("zone").value(page.zone());
        json.name("use").value(ReportJson.word(page.use()));
        json.name("owner");
        page.owner().ifPresentOrElse(this::owner, () -> json.value(null));
    }

    private void owner(PageOwner owner) {
        json.beginObject().name("allocated").value(owner.allocated());
        json.name("order").value(owner.order());
        report.track("allocated_by", owner.allocatedBy());
        report.track("freed_by", owner.freedBy());
        json.endObject();
    }
}
