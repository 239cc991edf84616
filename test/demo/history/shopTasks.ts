/** What was worked on in the web shop over sixty days: one task a session. Plain data. */
import type { ShopProject } from "../shopProjects.ts";

/** What kind of work it is: decides what is said and which tools are called. */
export type TaskKind = "feature" | "fix" | "question" | "tests" | "upgrade" | "cleanUp";

export interface ShopTask {
  readonly project: ShopProject;
  readonly kind: TaskKind;
  /** What the person asks for: the first line of the prompt, and so the session's title. */
  readonly title: string;
  /** Where most of it happens, from the project's directory. */
  readonly file: string;
  /** The function, setting or resource that it is about. */
  readonly symbol: string;
}

type TaskRow = readonly [kind: TaskKind, title: string, file: string, symbol: string];

const rows: readonly (readonly [ShopProject, readonly TaskRow[]])[] = [
  [
    "storefront",
    [
      ["feature", "Show the delivery date in the cart", "src/cart.js", "deliveryDate"],
      ["fix", "The cart badge counts removed items", "src/cartBadge.js", "badgeCount"],
      ["feature", "Let visitors filter products by size", "src/filters.js", "sizeFilter"],
      ["question", "Where do we decide which shipping options are offered?", "src/shipping.js", "shippingOptions"],
      ["fix", "Search finds nothing for words with umlauts", "src/search.js", "normalizeQuery"],
      ["tests", "Cover the voucher rules with tests", "src/voucher.js", "applyVoucher"],
      ["upgrade", "Move the build from webpack to vite", "scripts/build.js", "buildPage"],
      ["feature", "Remember the last ten products a visitor saw", "src/recentlySeen.js", "rememberSeen"],
      ["fix", "Prices flicker when the page is loaded", "src/price.js", "formatPrice"],
      ["cleanUp", "Remove the old checkout that nobody reaches", "src/checkoutV1.js", "checkoutV1"],
      ["feature", "Add structured data to product pages", "src/productPage.js", "productSchema"],
      ["fix", "The back button empties the filters", "src/filters.js", "filtersFromUrl"],
      ["question", "Why is the product list rendered twice?", "src/productList.js", "renderList"],
      ["feature", "A gift wrapping option at checkout", "src/checkout.js", "giftWrap"],
      ["tests", "Test the cart with a thousand lines", "src/cart.js", "cartTotal"],
      ["fix", "Gallery arrows cannot be reached by keyboard", "src/gallery.js", "galleryKeys"],
      ["cleanUp", "One date format instead of four", "src/dates.js", "formatDate"],
      ["feature", "Offer the store pick-up in the cart", "src/pickUp.js", "pickUpStores"],
      ["upgrade", "Update the cookie banner to the new consent rules", "src/consent.js", "consentState"],
      ["fix", "Customers in Switzerland see euros", "src/currency.js", "currencyOf"],
      ["feature", "Compare up to four products side by side", "src/compare.js", "compareTable"],
      ["cleanUp", "Split the two thousand lines of main.css by component", "src/styles/main.css", "productCard"],
      ["question", "How much of our JavaScript does the landing page really need?", "src/landing.js", "landingPage"],
      ["fix", "Out-of-stock sizes can still be put into the cart", "src/sizes.js", "isAvailable"],
      ["feature", "Autocomplete for street names", "src/address.js", "suggestStreets"],
      ["fix", "The sale banner covers the menu on phones", "src/banner.js", "bannerHeight"],
      ["feature", "Sort reviews by how helpful they were", "src/reviews.js", "sortReviews"],
      ["tests", "Visual tests for the checkout in three browsers", "test/checkout.visual.js", "checkoutShots"],
      ["cleanUp", "Take jQuery out of the account pages", "src/account.js", "accountForm"],
      ["question", "Which third-party scripts can read the checkout?", "src/tags.js", "allowedTags"],
      ["feature", "Let companies order with a purchase order number", "src/company.js", "purchaseOrder"],
    ],
  ],
  [
    "orders-api",
    [
      ["fix", "An order is created twice when the customer clicks twice", "src/createOrder.js", "createOrder"],
      ["feature", "Webhooks for shipped parcels", "src/webhooks.js", "sendWebhook"],
      ["tests", "Property tests for the tax calculation", "src/tax.js", "taxOf"],
      ["question", "Which endpoints still return amounts as floats?", "src/serialize.js", "toAmount"],
      ["upgrade", "Upgrade fastify from 4 to 5", "src/server.js", "buildServer"],
      ["feature", "Invoices in French and Italian", "src/invoice.js", "invoiceTexts"],
      ["fix", "Time zones shift the order date by a day", "src/orderDate.js", "orderDay"],
      ["feature", "Rate limits for partner keys", "src/rateLimit.js", "limitOf"],
      ["cleanUp", "Replace hand-written SQL with prepared statements", "src/queries.js", "findOrders"],
      ["fix", "Returns of split parcels are refunded twice", "src/returns.js", "refundReturn"],
      ["tests", "Replay last week's failed payments in a test", "src/payments.js", "capture"],
      ["feature", "Let support change the address of an open order", "src/changeAddress.js", "changeAddress"],
      ["question", "Why do p99 latencies double on Monday mornings?", "src/pool.js", "poolSize"],
      ["fix", "PayPal orders stay in the state pending", "src/paypal.js", "settlePaypal"],
      ["upgrade", "Move from Node 20 to Node 24", "package.json", "engines"],
      ["feature", "Export orders for the accountant as DATEV", "src/datev.js", "datevRows"],
      ["cleanUp", "Delete feature flags that are always on", "src/flags.js", "isEnabled"],
      ["fix", "Voucher codes are compared case-sensitively", "src/voucher.js", "findVoucher"],
      ["feature", "Idempotency keys for all POST requests", "src/idempotency.js", "withKey"],
      ["tests", "A contract test between the storefront and the API", "test/contract.test.js", "orderShape"],
      ["fix", "The nightly settlement stops at the first broken row", "src/settlement.js", "settleDay"],
      ["feature", "Partial shipments with one invoice each", "src/shipments.js", "splitShipment"],
      ["feature", "Cancel single lines of an order until it is packed", "src/cancelLine.js", "cancelLine"],
      ["fix", "Mails about delays are sent for delivered parcels", "src/delayMail.js", "isDelayed"],
      ["question", "What do we store about a customer after an erasure request?", "src/erase.js", "eraseCustomer"],
      ["cleanUp", "Merge the three ways to page through orders", "src/paging.js", "pageOf"],
      ["upgrade", "Sign webhooks with the new scheme of the payment provider", "src/signature.js", "verify"],
      ["tests", "Load test for the first day of the sale", "test/load.js", "saleDay"],
    ],
  ],
  [
    "warehouse-sync",
    [
      ["fix", "The import stops at rows with a trailing comma", "src/readCsv.js", "readRow"],
      ["feature", "Import stock from the second warehouse", "src/warehouses.js", "importStock"],
      ["question", "What happens when the supplier's file arrives twice?", "src/import.js", "importFile"],
      ["fix", "Stock turns negative under load", "src/stock.js", "reserve"],
      ["feature", "A dry run that shows what an import would change", "src/dryRun.js", "planImport"],
      ["tests", "Test imports against a year of real files", "test/import.test.js", "replayYear"],
      ["upgrade", "Replace the unmaintained ftp client", "src/ftp.js", "fetchFile"],
      ["cleanUp", "Take the retry loops out of every job", "src/retry.js", "withRetry"],
      ["feature", "Alert when a product is nearly sold out", "src/alerts.js", "lowStock"],
      ["fix", "Weights are read as grams, some suppliers send kilograms", "src/units.js", "toGrams"],
      ["feature", "Keep the supplier's article numbers beside ours", "src/articles.js", "articleKey"],
      ["question", "How long does each step of the nightly sync take?", "src/nightly.js", "runNightly"],
      ["fix", "The lock file survives a crash", "src/lock.js", "takeLock"],
      ["feature", "Reserve stock for open carts for ten minutes", "src/reservations.js", "holdStock"],
      ["cleanUp", "One logger instead of three", "src/log.js", "log"],
      ["tests", "Fuzz the CSV reader", "src/readCsv.js", "splitFields"],
      ["fix", "Deleted products come back after an import", "src/tombstones.js", "isDeleted"],
      ["feature", "Show which file a stock level came from", "src/origin.js", "originOf"],
      ["fix", "The sync waits for a supplier that has closed", "src/suppliers.js", "isActive"],
      ["cleanUp", "Describe all file formats in one schema", "src/schema.js", "rowSchema"],
      ["question", "Why did the import of Sunday take six hours?", "src/timings.js", "stepTimes"],
      ["upgrade", "From XML to the new JSON feed of the main supplier", "src/feed.js", "readFeed"],
    ],
  ],
  [
    "mobile-app",
    [
      ["feature", "Scan a barcode to find a product", "app/scan.tsx", "ScanScreen"],
      ["fix", "The cart is empty after an update of the app", "app/cartStore.ts", "migrateCart"],
      ["feature", "Push messages for shipped orders", "app/push.ts", "onShipped"],
      ["fix", "Dark mode makes prices unreadable", "app/theme.ts", "priceColor"],
      ["question", "Why does the app wake up every fifteen minutes?", "app/background.ts", "refreshTask"],
      ["upgrade", "React Native to the new architecture", "app/App.tsx", "App"],
      ["tests", "End-to-end test of the login with a passkey", "e2e/login.test.ts", "loginWithPasskey"],
      ["feature", "Pull to refresh on the order list", "app/orders.tsx", "OrderList"],
      ["fix", "The keyboard hides the coupon field", "app/coupon.tsx", "CouponField"],
      ["cleanUp", "Drop the support for tablets nobody uses", "app/layout.ts", "columnsFor"],
      ["feature", "Share a wish list as a link", "app/wishList.tsx", "shareLink"],
      ["fix", "Images are loaded in full size on slow networks", "app/image.tsx", "ProductImage"],
      ["feature", "Offline list of the last orders", "app/offline.ts", "cachedOrders"],
      ["tests", "Snapshot tests for all screens in two languages", "e2e/screens.test.ts", "screens"],
      ["fix", "Push messages arrive twice on Android", "app/pushAndroid.ts", "dedupe"],
      ["feature", "Sign in with a passkey", "app/passkey.ts", "signIn"],
      ["question", "Which screens crash most, and since when?", "app/crashes.ts", "crashGroups"],
      ["cleanUp", "Remove the feature that nobody opened in a year", "app/looks.tsx", "LookBook"],
    ],
  ],
  [
    "shop-infra",
    [
      ["fix", "The staging database runs full every week", "terraform/database.tf", "log_retention"],
      ["feature", "Deploy previews for pull requests", ".github/workflows/preview.yml", "preview"],
      ["upgrade", "PostgreSQL 15 to 17 without downtime", "terraform/database.tf", "engine_version"],
      ["question", "What made last month's cloud bill 30 % higher?", "terraform/nodes.tf", "node_pool"],
      ["cleanUp", "Remove the cron jobs of the old shop", "cron/jobs.yml", "nightly"],
      ["feature", "Alert when error rates rise after a deploy", "alerts/errors.yml", "error_rate"],
      ["fix", "Builds fail when two run at once", ".github/workflows/build.yml", "concurrency"],
      ["tests", "Restore last night's backup, as a test, every week", "backup/restore.sh", "restore"],
      ["feature", "Rotate the payment keys without a restart", "secrets/rotate.sh", "rotate"],
      ["question", "Which containers still run as root?", "docker/Dockerfile", "USER"],
      ["upgrade", "Move the ingress to the Gateway API", "k8s/gateway.yml", "shop_gateway"],
      ["fix", "Certificates are renewed a day too late", "k8s/certificates.yml", "renewBefore"],
      ["feature", "Scale the workers by the length of the queue", "k8s/workers.yml", "scale_by"],
      ["cleanUp", "Delete dashboards that nobody has opened this year", "dashboards/shop.yml", "panels"],
      ["fix", "Logs of failed jobs are gone after an hour", "k8s/jobs.yml", "ttl"],
      ["upgrade", "Terraform providers to their current versions", "terraform/providers.tf", "required_version"],
    ],
  ],
];

/** All of them, project by project. */
export const shopTasks: readonly ShopTask[] = rows.flatMap(([project, tasks]) =>
  tasks.map(([kind, title, file, symbol]) => ({ project, kind, title, file, symbol })),
);
