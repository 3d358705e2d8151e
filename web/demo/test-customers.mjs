/**
 * The invented customers of the demo. Their passcodes are in clear here because a visitor of the demo needs them;
 * the database holds scrypt hashes only.
 *
 * @typedef {{ daysAgo: number, description: string, pence: number }} Booking
 * @typedef {{ kind: string, name: string, ending: string, pence: number, bookings: Booking[] }} TestAccount
 * @typedef {{ id: string, passcode: string, name: string, accounts: TestAccount[] }} TestCustomer
 */

/** @type {(daysAgo: number, description: string, pence: number) => Booking} */
const booking = (daysAgo, description, pence) => ({ daysAgo, description, pence });

/** @type {(kind: string, name: string, ending: string, pence: number, ...bookings: Booking[]) => TestAccount} */
const account = (kind, name, ending, pence, ...bookings) => ({ kind, name, ending, pence, bookings });

/** @type {readonly TestCustomer[]} */
export const testCustomers = [
  {
    id: "40718256", passcode: "amber-tide-27", name: "Ada Quill",
    accounts: [
      account("current", "Current account", "0217", 184250,
        booking(0, "Corner Greengrocer", -2340), booking(1, "City Trams, monthly pass", -4900),
        booking(3, "Salary, Lindqvist Studio", 286000), booking(6, "Harbour Books", -1899)),
      account("savings", "Rainy day savings", "8834", 1260000, booking(3, "From current account", 25000)),
    ],
  },
  {
    id: "51930472", passcode: "cedar-moon-64", name: "Bram Okafor",
    accounts: [
      account("current", "Current account", "4410", 62318,
        booking(1, "Bakery on Mill Lane", -680), booking(2, "Northlight Energy", -8450),
        booking(5, "Refund, Stride Shoes", 5999)),
      account("credit", "Credit card", "7702", -41218,
        booking(0, "Rail tickets", -6420), booking(4, "Hotel Belvedere", -18900)),
    ],
  },
  {
    id: "62844109", passcode: "violet-stone-18", name: "Chiara Lund",
    accounts: [
      account("current", "Current account", "1956", 371904,
        booking(0, "Coffee at Platform 4", -340), booking(2, "Rent, Weaver Street", -98000),
        booking(4, "Salary, Orchard Clinic", 312500)),
      account("savings", "House deposit", "3308", 2845000, booking(4, "From current account", 60000)),
      account("investment", "Index fund", "9021", 914277, booking(8, "Monthly purchase", 15000)),
    ],
  },
  {
    id: "73015698", passcode: "copper-lake-53", name: "Dev Marchetti",
    accounts: [
      account("student", "Student account", "6643", 8765,
        booking(0, "Campus canteen", -520), booking(1, "Bike repair", -2750), booking(7, "From Mum", 10000)),
    ],
  },
  {
    id: "84526731", passcode: "silver-fern-90", name: "Elif Sørensen",
    accounts: [
      account("business", "Business account", "5079", 1518833,
        booking(0, "Invoice 1184, Tidewater Ltd", 240000), booking(1, "Print works", -31560),
        booking(2, "Card terminal fees", -1875)),
      account("savings", "Tax reserve", "2261", 640000, booking(2, "From business account", 48000)),
    ],
  },
  {
    id: "95371840", passcode: "willow-dawn-35", name: "Femi Novak",
    accounts: [account("current", "Current account", "3187", 0)],
  },
];

/** Whom the tutorial's bot knows: IDs alone, which open nothing. */
export const tutorialCustomers = ["C-1001", "C-1002"];
