package org.jkasan.bench.programs;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The database H2 over a script, in memory. */
final class H2 implements Workload {

    private static final List<String> SCRIPT =
            List.of(
                    "create table customer(id int primary key, name varchar(40), city varchar(40))",
                    "create table orders(id int primary key, customer int, price decimal(9,2),"
                            + " note varchar(80))",
                    "insert into customer select x, 'name ' || x, 'city ' || mod(x, 97)"
                            + " from system_range(1, 2000)",
                    "insert into orders select x, mod(x * 7919, 2000) + 1, mod(x * 31, 9973) / 7.0,"
                            + " repeat('note ' || x, 3) from system_range(1, 12000)",
                    "create index by_customer on orders(customer)",
                    "create index by_note on orders(note)",
                    "update orders set price = price * 1.1 where mod(id, 3) = 0",
                    "select city, count(*), sum(price), avg(price) from customer c join orders o"
                            + " on c.id = o.customer group by city order by 3 desc",
                    "select name, max(note) from customer c join orders o on c.id = o.customer"
                            + " where note like '%99%' group by name order by name",
                    "delete from orders where note between 'note 2' and 'note 4'",
                    "select count(distinct upper(note)) from orders");

    @Override
    public void run() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
                Statement statement = connection.createStatement()) {
            for (String each : SCRIPT) {
                statement.execute(each);
            }
        }
    }
}
